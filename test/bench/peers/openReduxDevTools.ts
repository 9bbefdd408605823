import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { build, type Rollup } from "vite";

/** Builds Redux DevTools' inspector as a page, as the panel's is built, and opens it in the same browser. */
export async function openReduxDevTools(browser: Browser): Promise<{ page: Page; close(): Promise<void> }> {
  const root = fileURLToPath(new URL(".", import.meta.url));
  const { output } = (await build({
    configFile: false,
    logLevel: "error",
    root,
    base: "/",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      target: "es2022",
      modulePreload: false,
      rolldownOptions: { input: `${root}reduxDevTools.html` },
    },
  })) as Rollup.RollupOutput;
  const files = new Map(
    output.map((file) => [file.fileName, file.type === "chunk" ? file.code : file.source]),
  );
  const server = createServer((request, response) => {
    const file = files.get(request.url === "/" ? "reduxDevTools.html" : (request.url ?? "").slice(1));
    if (file === undefined) return response.writeHead(404).end();
    response.setHeader("content-type", request.url === "/" ? "text/html" : "text/javascript");
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const page = await browser.newPage();
  await page.setViewport({ width: 1200, height: 720 });
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    async close() {
      await page.close();
      server.close();
    },
  };
}
