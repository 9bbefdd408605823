/**
 * An expression whose value is a text for `parseFrameUrls`: where the frames of a document are, as far
 * as it can know. Of a frame of another origin that is where it was sent; of others, where it is.
 */
export const FRAMES_EXPRESSION = `(() => {
  const urls = [];
  try {
    for (const frame of document.querySelectorAll("iframe, frame")) {
      let url = frame.src || (frame.srcdoc && "about:srcdoc");
      try { url = frame.contentWindow.location.href; } catch {}
      urls.push(url);
    }
    for (const entry of performance.getEntriesByType("resource"))
      if (entry.initiatorType === "iframe" || entry.initiatorType === "frame") urls.push(entry.name);
  } catch {}
  return JSON.stringify(urls);
})()`;

/** Addresses of frames in which calls can be made, each once. Whatever a page answers. */
export function parseFrameUrls(value: unknown): string[] {
  try {
    const urls: unknown = JSON.parse(String(value));
    if (!Array.isArray(urls)) return [];
    return [...new Set(urls.filter((url): url is string => typeof url === "string" && FRAME_URL.test(url)))];
  } catch {
    return [];
  }
}

/** Not the empty ones: there may be many, and they make no calls. */
const FRAME_URL = /^(https?:|about:srcdoc$|blob:)/;
