/**
 * The text of the page that shows a recording by itself. Made by the build before any page is; a chunk of
 * its own, as it is as large as the panel and seldom needed.
 */
export async function loadViewer(): Promise<string> {
  const { default: text } = await import("../../dist/standalone/viewer.html?raw");
  return text;
}
