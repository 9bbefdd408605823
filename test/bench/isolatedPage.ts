/** Headers that isolate a page from other origins, so that its clock counts in microseconds. */
export const ISOLATED_PAGE = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};
