import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type How, MISTAKES, Story } from "./mistakes.js";
import { type Account, type Answer, type Expected, RelyingParty } from "./relyingParty.js";

const PAGES = fileURLToPath(new URL("./pages", import.meta.url));
const LIBRARY = fileURLToPath(new URL(".", import.meta.resolve("@simplewebauthn/browser")));
const BODY_LIMIT_BYTES = 64 * 1024;
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export interface Demo {
  /** "http://localhost:PORT", without a slash at the end */
  url: string;
  close(): Promise<void>;
}

/**
 * Serves the demo relying party on localhost, in memory: everything is forgotten on `close`.
 * `port` defaults to any free one.
 */
export async function startDemo({ port = 0 }: { port?: number } = {}): Promise<Demo> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", resolve);
  });
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  server.on("request", site(new RelyingParty("localhost", url), url));
  return {
    url,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** What the server knows of one browser. */
interface Session {
  account?: Account;
  expected?: Expected;
  mistake?: { story: Story; steps: (typeof MISTAKES)[number]["steps"]; next: number };
}

/** A request that cannot be served; `message` goes to the page. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

type Body = Record<string, unknown>;
type Action = (session: Session, body: Body) => Promise<unknown> | unknown;

function site(rp: RelyingParty, origin: string) {
  const sessions = new Map<string, Session>();
  const actions = actionsOf(rp);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const { pathname } = new URL(request.url ?? "/", origin);
      if (!pathname.startsWith("/api/")) return await sendFile(request, response, pathname);
      const action = actions[pathname.slice("/api/".length)];
      if (!action) throw new Refused(404, "There is nothing here.");
      if (request.method !== "POST") throw new Refused(405, "Only POST will do.");
      if (request.headers.origin !== origin) throw new Refused(403, "Only this site's own pages may ask.");
      const body = await readJson(request);
      send(response, 200, await action(sessionOf(sessions, request, response), body));
    } catch (error) {
      if (!(error instanceof Refused)) console.error(error);
      const { status, message } = error instanceof Refused ? error : new Refused(500, "The server failed.");
      send(response, status, { error: message });
    }
  };
}

function actionsOf(rp: RelyingParty): Record<string, Action> {
  const expect = (session: Session, expected: Expected) => {
    session.expected = expected;
    return expected.options;
  };
  const judge = async (session: Session, response: unknown): Promise<Answer> => {
    const { expected } = session;
    if (!expected) throw new Refused(409, "Nothing was asked for.");
    delete session.expected;
    return rp.judge(expected, response);
  };
  const verdict = ({ accepted, because }: Answer) => ({ accepted, because });

  return {
    whoami: (session) => describe(session.account),

    "sign-out": (session) => {
      delete session.account;
      delete session.expected;
      return describe(undefined);
    },

    "register/options": async (session, { name }) => {
      if (typeof name !== "string" || !name.trim() || name.length > 64)
        throw new Refused(400, "An account needs a name of 1 to 64 characters.");
      const existing = rp.find(name.trim());
      if (existing && existing !== session.account)
        throw new Refused(409, "This name is taken. If it is yours, sign in first.");
      const account = existing ?? rp.draft(name.trim());
      return expect(session, {
        kind: "registration",
        account,
        options: await rp.registrationOptions(account),
      });
    },

    "sign-in/options": async (session) =>
      expect(session, { kind: "authentication", options: await rp.authenticationOptions() }),

    verify: async (session, { response }) => {
      const answer = await judge(session, response);
      if (answer.account) session.account = answer.account;
      return verdict(answer);
    },

    mistakes: () =>
      MISTAKES.map(({ id, title, onTheIPhone, ruleId, steps }) => ({
        id,
        title,
        onTheIPhone,
        ruleId,
        steps: steps.length,
      })),

    "mistakes/start": (session, { id }) => {
      const mistake = MISTAKES.find((each) => each.id === id);
      if (!mistake) throw new Refused(404, "There is no such mistake.");
      session.mistake = { story: new Story(), steps: mistake.steps, next: 0 };
      return { steps: mistake.steps.length };
    },

    "mistakes/options": async (session): Promise<{ kind: string; options: unknown; how: How }> => {
      const { mistake } = session;
      const step = mistake?.steps[mistake.next++];
      if (!mistake || !step) throw new Refused(409, "No step is left.");
      const expected = await step.request(rp, mistake.story.account(rp, step.who), mistake.story);
      return { kind: expected.kind, options: expect(session, expected), how: step.how ?? {} };
    },

    "mistakes/end": (session) => {
      const accounts = session.mistake?.story.accounts() ?? [];
      delete session.mistake;
      delete session.expected;
      for (const account of accounts) rp.forget(account);
      return {
        rpId: rp.rpId,
        credentialIds: accounts.flatMap(({ passkeys }) => passkeys.map(({ credential }) => credential.id)),
      };
    },

    "mistakes/verify": async (session, { response }) => verdict(await judge(session, response)),
  };
}

function describe(account: Account | undefined) {
  if (!account) return { signedIn: false };
  return {
    signedIn: true,
    name: account.name,
    passkeys: account.passkeys.map(({ credential, aaguid, backedUp, createdAt, lastUsedAt }) => ({
      id: credential.id,
      transports: credential.transports ?? [],
      aaguid,
      backedUp,
      signCount: credential.counter,
      createdAt,
      lastUsedAt,
    })),
  };
}

function sessionOf(
  sessions: Map<string, Session>,
  request: IncomingMessage,
  response: ServerResponse,
): Session {
  const id = /(?:^|; )session=([\w-]{43})(?:;|$)/.exec(request.headers.cookie ?? "")?.[1];
  const known = id && sessions.get(id);
  if (known) return known;
  const fresh: Session = {};
  const freshId = randomBytes(32).toString("base64url");
  sessions.set(freshId, fresh);
  response.setHeader("set-cookie", `session=${freshId}; HttpOnly; SameSite=Strict; Path=/`);
  return fresh;
}

async function readJson(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) throw new Refused(413, "The request is too long.");
    chunks.push(chunk);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Body;
  } catch {
    // said below, as for every other body that is not an object
  }
  throw new Refused(400, "The request is not a JSON object.");
}

/** A page ("/account" is account.html), a file beside the pages, or a file of the browser library. */
async function sendFile(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") throw new Refused(405, "Only GET will do.");
  const path = pathname.startsWith("/simplewebauthn/")
    ? join(LIBRARY, pathname.slice("/simplewebauthn/".length))
    : join(PAGES, pathname === "/" ? "index.html" : extname(pathname) ? pathname : `${pathname}.html`);
  const type = TYPES[extname(path)];
  const isPlain = /^(\/[\w-][\w.-]*)*\/?$/.test(pathname);
  const content = type && isPlain && (await readFile(path).catch(() => undefined));
  if (!type || !content) throw new Refused(404, "There is no such page.");
  response.writeHead(200, { ...HEADERS, "content-type": type });
  response.end(request.method === "HEAD" ? undefined : content);
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...HEADERS, "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(value));
}

const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
