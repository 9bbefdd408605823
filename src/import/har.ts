import { decodeBase64url } from "../bytes/base64url.js";
import { jsonLayout } from "../bytes/jsonLayout.js";
import { decodeUtf8 } from "../bytes/utf8.js";
import { ceremonyCalls, type FoundPart } from "./ceremonyCalls.js";
import { findCeremonies } from "./findCeremonies.js";
import { type ImportedPage, importedRecording, originOf } from "./importedRecording.js";
import type { ImportFormat } from "./importFormat.js";
import { isObject, member, numberOf, textOf } from "./json.js";
import type { Notes } from "./notes.js";
import { pointer } from "./places.js";

/**
 * An HTTP archive, as the Network panel of every browser saves it. Options are looked for in the responses,
 * what the page answered with in the requests; they belong together where the challenge is the same.
 * `startedAt` is when the options arrived, which is shortly before the call; how long it took is not told.
 *
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export const har: ImportFormat = {
  id: "har",
  title: "HAR files",
  async read({ json, at: now }, notes) {
    const entries = json?.length === 1 ? member(json[0]!.value, "log", "entries") : undefined;
    if (!Array.isArray(entries)) return undefined;
    const pages = pageTitles(member(json![0]!.value, "log", "pages"));
    const parts = entries.flatMap((entry, index) =>
      readEntry(entry, pointer("/log/entries", index), pages, notes),
    );
    const calls = await ceremonyCalls(parts, "HAR file", notes);
    if (calls.length === 0) {
      notes.note(
        "nothing-found",
        `None of the ${entries.length} requests carries a ceremony as JSON.`,
        "/log/entries",
      );
      return { takenFor: "HAR file" };
    }
    return { takenFor: "HAR file", recording: importedRecording(calls, now) };
  },
};

function readEntry(
  entry: unknown,
  at: string,
  pages: ReadonlyMap<string, string>,
  notes: Notes,
): FoundPart[] {
  const page = pageOf(entry, pages);
  const sentAt = Date.parse(textOf(entry, "startedDateTime") ?? "");
  const took = Math.max(0, numberOf(entry, "time") ?? 0);
  const bodies = [
    ...requestBodies(entry, `${at}/request/postData`).map((body) => ({ ...body, startedAt: sentAt })),
    ...responseBodies(entry, `${at}/response/content`, notes).map((body) => ({
      ...body,
      startedAt: sentAt + took,
    })),
  ];
  return bodies.flatMap(({ text, at, startedAt }) => {
    const value = jsonOf(text, at, notes);
    const found = value === undefined ? [] : findCeremonies(value, at);
    return found.map((each) => ({ ...each, page, ...(Number.isFinite(startedAt) && { startedAt }) }));
  });
}

interface Body {
  text: string;
  at: string;
}

/** The body, or the fields of a form. */
function requestBodies(entry: unknown, at: string): Body[] {
  const postData = member(entry, "request", "postData");
  const text = textOf(postData, "text");
  const params = member(postData, "params");
  const fields = Array.isArray(params) ? params : [];
  const bodies = fields.map((field, index) => ({
    text: unescaped(textOf(field, "value") ?? ""),
    at: `${at}/params/${index}/value`,
  }));
  if (bodies.some((body) => MAY_HOLD.test(body.text))) return bodies;
  if (text === undefined) return [];
  if (!/^application\/x-www-form-urlencoded/i.test(textOf(postData, "mimeType") ?? ""))
    return [{ text, at: `${at}/text` }];
  return text
    .split("&")
    .map((field) => ({ text: unescaped(field.slice(field.indexOf("=") + 1)), at: `${at}/text` }));
}

function responseBodies(entry: unknown, at: string, notes: Notes): Body[] {
  const content = member(entry, "response", "content");
  const text = textOf(content, "text");
  if (text === undefined) return [];
  if (textOf(content, "encoding") !== "base64") return [{ text, at: `${at}/text` }];
  if (!/json|text|javascript/i.test(textOf(content, "mimeType") ?? "json")) return [];
  const { bytes, problems } = decodeBase64url(text.replace(/\s+/g, ""));
  if (!bytes) {
    notes.note("body-not-base64", `The body is not base64: ${problems[0]!.message}`, `${at}/text`);
    return [];
  }
  return [{ text: decodeUtf8(bytes).text, at: `${at}/text` }];
}

/** The JSON of a body that may have to do with a ceremony. One that is cut off is said; other bodies are no business of ours. */
function jsonOf(text: string, at: string, notes: Notes): unknown {
  const json = text.replace(GUARD, "");
  if (!/^\s*[[{]/.test(json) || !MAY_HOLD.test(json)) return undefined;
  const { error } = jsonLayout(json, MAX_DEPTH);
  if (!error) return JSON.parse(json);
  notes.note(
    "body-not-json",
    `The body looks like a ceremony but can’t be read: ${error.message} (character ${error.offset})`,
    at,
  );
  return undefined;
}

const MAY_HOLD = /"challenge"|clientDataJSON|\\"challenge/;
/** What servers put before JSON so that no script tag can load it. */
const GUARD = /^\s*(?:\)\]\}'?,?|for\s*\(;;\);|while\s*\(1\);)\s*/;
const MAX_DEPTH = 128;

function pageOf(entry: unknown, pages: ReadonlyMap<string, string>): ImportedPage {
  const list = member(entry, "request", "headers");
  const headers = new Map<string, string>();
  for (const header of Array.isArray(list) ? list : [])
    headers.set((textOf(header, "name") ?? "").toLowerCase(), textOf(header, "value") ?? "");
  const referer = headers.get("referer") ?? "";
  const titled = pages.get(textOf(entry, "pageref") ?? "") ?? "";
  const sent = originOf(headers.get("origin") ?? "");
  // A referrer is often cut down to the origin, and a page may hold a frame: the more exact one that agrees.
  const origin = sent ?? originOf(referer) ?? originOf(titled);
  const url = [titled, referer].find((each) => each !== "" && originOf(each) === origin) ?? "";
  const userAgent = headers.get("user-agent");
  return { url, ...(origin !== undefined && { origin }), ...(userAgent !== undefined && { userAgent }) };
}

/** Browsers put the address into the title. */
function pageTitles(pages: unknown): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const page of Array.isArray(pages) ? pages : [])
    if (isObject(page)) titles.set(textOf(page, "id") ?? "", textOf(page, "title") ?? "");
  return titles;
}

/** A value of a form; as it stands if its escapes are wrong. */
function unescaped(value: string): string {
  if (!/[%+]/.test(value)) return value;
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}
