import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The site under test. With `mistake`, it asks for an RP ID that is no domain: Chrome refuses it, as does an iPhone. */
export async function startSite({ mistake = false } = {}): Promise<{ url: string; close(): void }> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(page(mistake ? "http://localhost" : "localhost"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}

const page = (rpId: string) => `<!doctype html>
<title>A site</title>
<button id="register">Make a passkey</button>
<button id="sign-in">Sign in</button>
<p id="status" role="status"></p>
<script>
  const random = (length) => crypto.getRandomValues(new Uint8Array(length));
  const say = (text) => { document.querySelector("#status").textContent = text; };
  const on = (id, task, done) => document.querySelector(id).addEventListener("click", () => {
    say("…");
    task().then(() => say(done), (error) => say(error.name));
  });
  on("#register", () => navigator.credentials.create({ publicKey: {
    rp: { id: ${JSON.stringify(rpId)}, name: "A site" },
    user: { id: random(32), name: "alice@example.com", displayName: "Alice" },
    challenge: random(32),
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "preferred" },
    timeout: 300000,
  } }), "registered");
  on("#sign-in", () => navigator.credentials.get({ publicKey: {
    rpId: ${JSON.stringify(rpId)}, challenge: random(32), userVerification: "preferred", timeout: 300000,
  } }), "signed in");
</script>`;
