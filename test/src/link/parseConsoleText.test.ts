import { beforeAll, describe, expect, test } from "vitest";
import { createLinkKey } from "../../../src/link/linkKey.js";
import { looksLikeConsoleText, parseConsoleText } from "../../../src/link/parseConsoleText.js";
import { parseRecording } from "../../../src/recording/parseRecording.js";
import type { Recording } from "../../../src/recording/recording.js";
import { serializeRecording } from "../../../src/recording/serializeRecording.js";
import { openBootstrapPage } from "../../support/bootstrapPage.js";

const key = createLinkKey();
/** What the script itself wrote: three calls on one page, one on another; each page begins with a line. */
let lines: string[];
/** The same as Safari's Web Inspector saves it, among other messages. */
let saved: string;
let whole: Recording;

beforeAll(async () => {
  const page = await openBootstrapPage({
    key,
    console: "calls",
    url: "https://rp.example/sign%20in?next=%2F",
  });
  await page.runAsync(`
    browser.get = () => { throw new TypeError("“Nein” \\u2014 größer\\tals 100 % 🔑, said \\"it\\""); };
    await navigator.credentials.get({ publicKey: { challenge: new Uint8Array(32), rpId: "rp.example" } }).catch(() => {});
    await navigator.credentials.preventSilentAccess();
    browser.create = () => null;
    await navigator.credentials.create({ publicKey: { user: { name: "ada lovelace", displayName: "keyhole:1:0123" } } });`);
  const other = await openBootstrapPage({ key, console: "calls", url: "https://login.example/" });
  await other.runAsync("await navigator.credentials.get({ mediation: 'conditional' })");
  lines = [...page.lines, ...other.lines];
  saved = asSafariSaves(lines);
  whole = parseConsoleText(saved).recording!;
});

/** As `toClipboardString` of Web Inspector's ConsoleMessageView and ConsoleCommandView writes messages (WebKitGTK 2.50.6). */
function asSafariSaves(list: string[]): string {
  const own = list.map((line) => `[Info] ${line} (bootstrap.js, line 1)`);
  return [
    "[Log] app started (app.js, line 12)",
    own[0],
    "> navigator.userAgent",
    '< "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)" = $1',
    own[1],
    "[Error] Failed to load resource: the server responded with a status of 404 (Not Found) (favicon.ico, line 0)",
    "[Warning] multi",
    "line (x2)",
    ...own.slice(2),
    "[Error] Unhandled Promise Rejection: NotAllowedError: The operation is not allowed.",
    "\t(anonymous function) (app.js:12)",
  ].join("\n");
}

const outline = ({ calls, realms }: Recording) => ({
  urls: realms.map(({ url }) => url).sort(),
  calls: calls.map(({ api, outcome }) => `${api} ${outcome.status}`).sort(),
});

const wrap = (text: string, width: number, between = "\n") =>
  text.replace(new RegExp(`(.{${width}})(?=.)`, "g"), `$1${between}`);

test("Safari's saved console is a recording of all its pages, with every character", () => {
  const { recording, problems } = parseConsoleText(saved);
  expect(problems).toEqual([]);
  expect(outline(recording!)).toEqual({
    urls: ["https://login.example/", "https://rp.example/sign%20in?next=%2F"],
    calls: [
      "credentials.create fulfilled",
      "credentials.get fulfilled",
      "credentials.get rejected",
      "credentials.preventSilentAccess fulfilled",
    ],
  });
  expect(recording!.calls.find(({ outcome }) => outcome.status === "rejected")!.outcome).toEqual({
    status: "rejected",
    error: { name: "TypeError", message: '“Nein” — größer\tals 100 % 🔑, said "it"', isDOMException: false },
  });
  expect(recording!.lostCalls).toBeUndefined();
  expect(recording!.realms[0]!.hook.via).toBe("bootstrap");
});

test("it is a recording as any other: it can be saved and opened", () => {
  expect(parseRecording(serializeRecording(whole))).toEqual({ recording: whole, problems: [] });
});

describe("undone, with nothing lost:", () => {
  test.each<[string, (text: string) => string]>([
    ["Copy Selected of a single message, without prefix", () => lines.join("\n")],
    ["a time stamp before each message", (text) => text.replace(/^\[/gm, "12:03:11.123 [")],
    ["other consoles' prefixes", (text) => text.replace(/^\[Info\] /gm, "bootstrap.js:1 INFO: ")],
    ["lines wrapped at 80 columns", (text) => wrap(text, 80)],
    ["lines wrapped at 13 columns", (text) => wrap(text, 13)],
    ["wrapped and indented", (text) => wrap(text, 72, "\n      ")],
    ["Windows' line ends, wrapped", (text) => wrap(text, 100).replaceAll("\n", "\r\n")],
    ["quoted in a mail", (text) => text.replace(/^/gm, "> ")],
    ["quoted twice and wrapped", (text) => wrap(text, 70).replace(/^/gm, ">> ")],
    ["typographic quotes", (text) => text.replace(/"([^"]*)"/g, "“$1”")],
    [
      "non-breaking and zero-width spaces",
      (text) => text.replace(/([:,])/g, "$1\u200b").replaceAll(" ", "\u00a0"),
    ],
    ["soft hyphens", (text) => wrap(text, 40, "\u00ad")],
    ["HTML", (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")],
    ["a JavaScript string", () => lines.map((line) => JSON.stringify(line)).join("\n")],
    ["a byte order mark, and no line end anywhere", (text) => `\ufeff${text.replaceAll("\n", " ")}`],
    ["the same text pasted twice", (text) => `${text}\n${text}`],
    ["newest first", (text) => text.split("\n").reverse().join("\n")],
    [
      "a repeat count and another location",
      (text) => text.replaceAll("(bootstrap.js, line 1)", "(bootstrap.js, line 1, x3)"),
    ],
  ])("%s", (_, mutilate) => {
    const { recording, problems } = parseConsoleText(mutilate(saved));
    expect(problems).toEqual([]);
    expect(recording).toEqual(whole);
  });
});

describe("counted, and the rest is read:", () => {
  test.each<[string, (text: string) => string, RegExp]>([
    [
      "a line cut off at the end of the text",
      (text) => text.slice(0, text.indexOf('"calls"') + 50),
      /Line 5: Of \d+ characters there are \d+/,
    ],
    [
      "a line cut off by a program",
      (text) => text.replace(/("calls":\[.{30}).*/, "$1…"),
      /Line 5: Of \d+ characters there are|Line 5: The line was changed/,
    ],
    ["a letter changed", (text) => text.replace('"mediation"', '"meditation"'), /The line was changed/],
    [
      "a message in the middle of a line",
      (text) => text.replace('"calls":[', '"calls":[\n[Log] tick (app.js, line 3)\n'),
      /The line was changed/,
    ],
    [
      "a damaged header",
      (text) => text.replace(/(keyhole:1:.{16}):/, "$1;"),
      /header of the line is damaged/,
    ],
    ["a line of a later version", (text) => text.replace("keyhole:1:", "keyhole:2:"), /version 2/],
  ])("%s", (_, mutilate, message) => {
    const { recording, problems } = parseConsoleText(mutilate(saved));
    expect(problems).toHaveLength(1);
    expect(problems[0]!.message).toMatch(message);
    expect(problems[0]!.offset).toBeGreaterThan(0);
    expect(recording!.realms.length).toBeGreaterThan(0);
  });

  test("calls that are missing between others", () => {
    const text = asSafariSaves(lines.filter((line) => !line.includes("preventSilentAccess")));
    const { recording, problems } = parseConsoleText(text);
    expect(problems).toEqual([]);
    expect(recording).toMatchObject({ lostCalls: 1 });
    expect(recording!.calls).toHaveLength(3);
  });

  test("events of the other mode that are missing", async () => {
    const page = await openBootstrapPage({ console: "events" });
    await page.runAsync("for (let i = 0; i < 3; i++) await navigator.credentials.preventSilentAccess()");
    expect(parseConsoleText(page.lines.join("\n"))).toMatchObject({
      problems: [],
      recording: { calls: { length: 3 } },
    });
    const { recording, problems } = parseConsoleText(page.lines.filter((_, index) => index !== 4).join("\n"));
    expect(problems[0]!.message).toMatch(/^1 event/);
    expect(recording!.calls.map(({ outcome }) => outcome.status)).toEqual([
      "fulfilled",
      "pending",
      "fulfilled",
    ]);
  });
});

describe("a page that writes such lines itself", () => {
  const forged = (line: string, mark: string) => line.replace(/^(keyhole:1:)[0-9a-f]{16}/, `$1${mark}`);

  test("is left out, as it does not know the key", () => {
    const text = [...lines, forged(lines[1]!, "0123456789abcdef")].join("\n");
    const { recording, problems } = parseConsoleText(text);
    expect(recording).toEqual(whole);
    expect(problems.map(({ message }) => message)).toEqual([
      "1 line of another bootstrap script, or made up by a page, left out.",
    ]);
  });

  test("is left out wherever it stands, for those who have the key", () => {
    const text = [forged(lines[1]!, "0123456789abcdef"), ...lines].join("\n");
    expect(parseConsoleText(text, { key }).recording).toEqual(whole);
    expect(parseConsoleText(lines.join("\n"), { key: createLinkKey() }).recording).toBeUndefined();
  });
});

test("text without a line says what to look for; nothing is thrown", () => {
  for (const text of ["", "[Log] hello", "keyhole: the film"]) {
    expect(looksLikeConsoleText(text)).toBe(false);
    const { recording, problems } = parseConsoleText(text);
    expect(recording).toBeUndefined();
    expect(problems[0]!.message).toMatch(/no line of Keyhole's bootstrap script/);
  }
  expect(looksLikeConsoleText(saved)).toBe(true);
});

test("a text of nothing but beginnings is no work without end", () => {
  const { problems } = parseConsoleText("keyhole:1:0123456789abcdef:999999999:00000000:{}\n".repeat(4_000));
  expect(problems.at(-1)!.message).toMatch(/rest was not looked at/);
});
