import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyze, parseRecording } from "../../src/index.js";
import { built } from "../build/built.js";
import { register, signIn } from "../support/ceremonies.js";
import { eventually } from "../support/eventually.js";
import { pageAuthenticator } from "../support/pageAuthenticator.js";
import { servePages } from "../support/servePages.js";
import { startWebKit, type WebKitBrowser } from "../support/startWebKit.js";

/** WebKitGTK has no WebAuthn of its own: the page brings it, and calls as soon as it sees what is in `go`. */
const PAGE = `<title>A passkey site</title><script>const __name = (f) => f; ${pageAuthenticator()}</script>
  <script>
    const register = ${register}, signIn = ${signIn};
    const asked = setInterval(async () => {
      if (!(await (await fetch("/go")).text()).includes("go")) return;
      clearInterval(asked);
      await register();
      await signIn();
    }, 100);
  </script>`;

let server: Awaited<ReturnType<typeof servePages>>;
let webKit: WebKitBrowser;
let folder: string;
const pages: Record<string, string> = { "/": PAGE, "/go": "wait" };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "keyhole-attach-"));
  server = await servePages(pages);
  webKit = await startWebKit(`${server.on("localhost")}/`);
});
afterAll(async () => {
  await webKit?.stop();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

test("keyhole attach records a page of WebKitGTK, live and to a file", async () => {
  const file = join(folder, "webkit.keyhole.json");
  const child = spawn(process.execPath, [built("cli/keyhole.js"), "attach", webKit.endpoint, "-o", file]);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  await eventually(() => expect(stderr).toMatch(/Connecting to A passkey site[\s\S]*Hooked/));
  pages["/go"] = "go";
  await eventually(() =>
    expect(stdout).toMatch(/create\(\) .* fulfilled, \d+ ms\n.*get\(\) .* fulfilled, \d+ ms\n/),
  );
  child.kill("SIGINT");
  const [code] = (await once(child, "close")) as [number];
  expect(code, stderr).toBe(0);
  const { recording } = parseRecording(await readFile(file, "utf8"));
  expect(recording?.realms.map(({ hook }) => hook.via)).toEqual(["wire"]);
  const { ceremonies } = await analyze(recording!);
  expect(ceremonies.map(({ verdicts }) => verdicts.filter(({ outcome }) => outcome === "fail"))).toEqual([
    [],
    [],
  ]);
  expect(ceremonies[1]!.verdicts.find(({ check }) => check === "signature")?.outcome).toBe("pass");
});
