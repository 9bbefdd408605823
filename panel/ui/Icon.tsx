/** A 16 × 16 drawing in the colour of the text around it. Says nothing itself: a word stands beside it or on its button. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}

export type IconName = keyof typeof SHAPES;

const SHAPES = {
  record: <circle cx="8" cy="8" r="4.5" fill="currentColor" stroke="none" />,
  paused: <circle cx="8" cy="8" r="4.25" />,
  clear: (
    <>
      <circle cx="8" cy="8" r="5" />
      <path d="M4.5 4.5l7 7" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="3.75" />
      <path d="M10 10l3.5 3.5" />
    </>
  ),
  import: <path d="M8 2.5v7.5M4.75 7L8 10.25 11.25 7M3 13.25h10" />,
  export: <path d="M8 10.25V2.75M4.75 6L8 2.75 11.25 6M3 13.25h10" />,
  settings: (
    <>
      <path d="M2.5 4.5h5M11.5 4.5h2M2.5 11.5h2M8.5 11.5h5" />
      <circle cx="9.5" cy="4.5" r="1.75" />
      <circle cx="6.5" cy="11.5" r="1.75" />
    </>
  ),
  phone: (
    <>
      <rect x="4.5" y="1.75" width="7" height="12.5" rx="1.5" />
      <path d="M7 11.75h2" />
    </>
  ),
  device: (
    <>
      <path d="M6.5 11.5h-4v-8h11v2" />
      <rect x="9" y="6.5" width="4.5" height="7.5" rx="1" />
      <path d="M4.5 13.75h2" />
    </>
  ),
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  copy: (
    <>
      <rect x="5.5" y="5.5" width="7.5" height="8" rx="1.25" />
      <path d="M3.5 10.5V3.75c0-.7.55-1.25 1.25-1.25h5.5" />
    </>
  ),
  compare: <path d="M2.5 5.5h9M8.75 2.75L11.5 5.5 8.75 8.25M13.5 10.5h-9M7.25 7.75L4.5 10.5l2.75 2.75" />,
  chevron: <path d="M6 4l4 4-4 4" />,
  down: <path d="M4 6l4 4 4-4" />,
  hidden: (
    <>
      <path d="M2 8c1.5-2.6 3.5-4 6-4s4.5 1.4 6 4c-1.5 2.6-3.5 4-6 4s-4.5-1.4-6-4z" />
      <path d="M3 13L13 3" />
    </>
  ),
  good: <path d="M3.25 8.5l3.25 3.25 6.25-7.5" />,
  bad: <path d="M4 4l8 8M12 4l-8 8" />,
  waiting: (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path d="M8 5v3.25l2 1.5" />
    </>
  ),
  stopped: (
    <>
      <circle cx="8" cy="8" r="5.25" />
      <path d="M5.25 8h5.5" />
    </>
  ),
  error: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M6 6l4 4M10 6l-4 4" />
    </>
  ),
  warning: (
    <>
      <path d="M8 2.5l6 10.75H2z" />
      <path d="M8 6.75v3M8 11.5v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 7.5v3.25M8 5.2v.1" />
    </>
  ),
  unknown: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M6.4 6.6C6.5 5.6 7.1 5 8 5c.95 0 1.6.6 1.6 1.4 0 1.2-1.6 1.2-1.6 2.3M8 11v.1" />
    </>
  ),
  none: <path d="M5 8h6" />,
  more: <path d="M4 8h.1M8 8h.1M12 8h.1" stroke-width="2.25" />,
  timeline: <path d="M2.5 4h5M5.5 8h6M9.5 12h4" stroke-width="2" />,
  key: (
    <>
      <circle cx="5.5" cy="8" r="2.75" />
      <path d="M8.25 8h5.25v2.25M11 8v1.75" />
    </>
  ),
};
