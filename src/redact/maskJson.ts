import { jsonLayout } from "../bytes/jsonLayout.js";

/**
 * A JSON text whose strings are masked in place: everything stands where it stood, however it was
 * written. `mask` gets each string with the dotted path of its member, and gives one as long. Undefined
 * for a text that is no JSON.
 */
export function maskJson(text: string, mask: (value: string, path: string) => string): string | undefined {
  const { error, start, end, members } = jsonLayout(text, MAX_DEPTH);
  if (error) return undefined;
  let masked = text.slice(0, start);
  let at = start;
  for (const member of members) {
    masked +=
      text.slice(at, member.start) + maskStrings(text.slice(member.start, member.end), member.name, mask);
    at = member.end;
  }
  const rest = text.slice(at, end);
  // An array or a string has no members of its own.
  masked += members.length === 0 ? maskStrings(rest, "", mask) : rest;
  return masked + text.slice(end);
}

const MAX_DEPTH = 64;

/** The strings of a value. A member's name stays, and is the last step of the path of what follows it. */
function maskStrings(json: string, path: string, mask: (value: string, path: string) => string): string {
  let name = "";
  return json.replace(/"(?:[^"\\]|\\.)*"(\s*:)?/g, (token, colon: string | undefined) => {
    if (colon === undefined) return maskToken(token, (value) => mask(value, name ? `${path}.${name}` : path));
    name = JSON.parse(token.slice(0, -colon.length)) as string;
    return token;
  });
}

function maskToken(token: string, mask: (value: string) => string): string {
  const inside = token.slice(1, -1);
  if (!inside.includes("\\")) return `"${mask(inside)}"`;
  const value = JSON.parse(token) as string;
  const masked = mask(value);
  if (masked.length !== value.length) return token.replace(/[\p{L}\p{N}]/gu, "x");
  let at = 0;
  const written = inside.replace(/\\u[0-9a-fA-F]{4}|\\.|[^\\]/gs, (unit) => {
    const [was, is] = [value.charAt(at), masked.charAt(at)];
    at++;
    if (was === is) return unit;
    return unit.startsWith("\\u") ? `\\u${is.charCodeAt(0).toString(16).padStart(4, "0")}` : is;
  });
  return `"${written}"`;
}
