/**
 * How the page hook (MAIN world) and the content script (isolated world) come to share a
 * private port, whichever of them runs first; both run before the page's first script.
 *
 * The content script dispatches a cancelable `MessageEvent(PORT)` with the port on `document.fonts`; the
 * hook takes the first one that it sees, stops its propagation and calls `preventDefault()`, which
 * tells the content script, synchronously, that the port has found its owner: from then on neither
 * side listens, so a page that dispatches the same events talks to nobody. A hook that finds no
 * port asks for one with `MessageEvent(PORT_WANTED)`.
 *
 * Why there: each document has a `fonts` of its own, and no event of it passes through the window. A
 * window can be older than its document: Chromium keeps that of a frame's initial empty document, on
 * which a parent of the same origin may have left listeners. That parent may also have replaced the
 * window's built-ins, and then it hears what the hook says and can speak in its place. It gains
 * nothing by that but a log of its own origin that is wrong, which it could have by calling the API.
 *
 * What goes through the port are `HookEvent`s, hook to content script only. They are dispatched on it as
 * `MessageEvent`s, not posted: a posted message arrives in a later task, and a frame that its parent removes,
 * or a document that goes, has none. The content script listens on the very same port and has the event
 * before the page's call returns, as far as its world may see into the page's: a copy of it (in Chromium, and in
 * WebKit as WebKitGTK 2.50 shows), or a view in Firefox.
 */
export const PORT = "keyhole:port";
export const PORT_WANTED = "keyhole:port?";
