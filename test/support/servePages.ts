import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface ServedPage {
  html: string;
  headers?: Record<string, string>;
}

/** Serves the same pages on every loopback name, by path; `on(host)` is the origin under that name. */
export async function servePages(
  pages: Record<string, ServedPage | string>,
): Promise<{ on(host: string): string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url!, "http://localhost").pathname];
    if (page === undefined) return response.writeHead(404).end();
    const { html, headers = {} } = typeof page === "string" ? { html: page } : page;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    on: (host) => `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
