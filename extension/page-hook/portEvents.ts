/**
 * How the page hook (MAIN world) and the content script (isolated world) come to share a
 * private port, whichever of them runs first; both run before the page's first script.
 *
 * The content script dispatches a cancelable `MessageEvent(PORT)` with the port on `window`; the
 * hook takes the first one that it sees, stops its propagation and calls `preventDefault()`, which
 * tells the content script, synchronously, that the port has found its owner: from then on neither
 * side listens, so a page that dispatches the same events talks to nobody. A hook that finds no
 * port asks for one with `Event(PORT_WANTED)`.
 *
 * What goes through the port are `HookEvent`s, hook to content script only.
 */
export const PORT = "keyhole:port";
export const PORT_WANTED = "keyhole:port?";
