import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import type { Call, Recording } from "../recording/recording.js";
import type { Snapshot } from "../recording/snapshot.js";

/**
 * JavaScript that makes a call again, to be run in the console of a page of the same origin. Bytes
 * are bytes again, and what was wrong is wrong again; what a recording can't keep (a masked secret,
 * an AbortSignal, what was too large) is `undefined`, with a comment that says what stood there.
 */
export function toJavaScript(call: Call): string {
  return writeJavaScript({ calls: [call] });
}

/** The same for all calls of a recording, one after the other. */
export function writeJavaScript({ calls }: Pick<Recording, "calls">): string {
  const statements = calls.map(writeCall).join("\n");
  return statements.includes("bytes(") ? `${BYTES}\n${statements}` : statements;
}

function writeCall({ api, arguments: args }: Call): string {
  const values = args.map((argument) => writeValue(readSnapshot(argument), 0));
  const object = api.startsWith("credentials.") ? "navigator." : "";
  return `await ${object}${api}(${values.join(", ")});\n`;
}

const BYTES = `const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
`;

function writeValue(reading: Reading, depth: number): string {
  if (depth > MAX_DEPTH) return "undefined /* nested too deep */";
  switch (reading.kind) {
    case "absent":
      return "undefined";
    case "null":
      return "null";
    case "boolean":
    case "string":
      return writeText(reading.snapshot as boolean | string);
    case "number":
      return Object.is(reading.number(), -0) ? "-0" : String(reading.number());
    case "bytes":
      return writeBytes(reading);
    case "list":
      return writeList(
        "[",
        "]",
        reading.items().map((item) => writeValue(item, depth + 1)),
        depth,
      );
    case "object":
      return writeObject(reading, depth);
    default:
      return `undefined /* ${reading
        .describe()
        .replaceAll("*/", "* /")
        .replace(/[\r\n\u2028\u2029]/g, " ")} */`;
  }
}

const MAX_DEPTH = 100;

function writeBytes(reading: Reading): string {
  const made = `bytes(${writeText(reading.base64url() ?? "")})`;
  const type = (reading.snapshot as { type?: unknown }).type;
  if (type === "ArrayBuffer") return `${made}.buffer`;
  return type === "DataView" ? `new DataView(${made}.buffer)` : made;
}

function writeObject(reading: Reading, depth: number): string {
  const entries = reading.members().map(([name, member]) => {
    // The short form of "__proto__" would set the prototype.
    const key = name === "__proto__" ? '["__proto__"]' : IDENTIFIER.test(name) ? name : writeText(name);
    return `${key}: ${writeValue(member, depth + 1)}`;
  });
  return writeList("{", "}", entries, depth);
}

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

function writeList(open: string, close: string, parts: readonly string[], depth: number): string {
  if (parts.length === 0) return open + close;
  const indent = "  ".repeat(depth + 1);
  return `${open}\n${parts.map((part) => `${indent}${part},\n`).join("")}${"  ".repeat(depth)}${close}`;
}

function writeText(value: Snapshot): string {
  return JSON.stringify(value).replace(
    /[\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (character) => {
      return `\\u${character.charCodeAt(0).toString(16)}`;
    },
  );
}
