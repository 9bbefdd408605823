import type { Break } from "./stretchesOf.js";

/** A CSS image: the parts of an axis that are shortened. */
export function shadeOf(breaks: readonly Break[]): string {
  if (breaks.length === 0) return "none";
  const stops = breaks.flatMap(({ from, to }) => {
    const [left, right] = [`${from * 100}%`, `${to * 100}%`];
    return [`transparent ${left}`, `var(--shortened) ${left} ${right}`, `transparent ${right}`];
  });
  return `linear-gradient(90deg,${stops})`;
}
