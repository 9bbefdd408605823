import { readPngHead } from "./png.js";
import type { Files } from "./zipFolder.js";

/**
 * What a store would refuse in the manifest of a package, in sentences; none: nothing that is known here.
 * Texts are measured in every language that they come in.
 */
export function manifestProblems(store: keyof typeof LIMITS, files: Files): string[] {
  const problems: string[] = [];
  const manifest = parse(files.get("manifest.json"));
  if (!manifest) return ["manifest.json is not there, or is not JSON at the top of the package"];

  if (manifest.manifest_version !== 3) problems.push("manifest_version is not 3");
  if (!isVersion(manifest.version)) problems.push(`version "${manifest.version}" is not 1 to 4 numbers`);
  for (const key of ["update_url", "key"]) if (key in manifest) problems.push(`${key} is the store's to set`);

  for (const [key, most] of Object.entries(LIMITS[store]))
    for (const [language, text] of textsOf(manifest[key], files))
      if (text === undefined || text === "") problems.push(`${key} is empty in ${language}`);
      else if ([...text].length > most)
        problems.push(`${key} has ${[...text].length} of at most ${most} characters in ${language}`);

  for (const path of pathsIn(manifest))
    if (!files.has(path.replace(/^\//, ""))) problems.push(`${path} is named but not there`);
  for (const [size, path] of iconsIn(manifest)) {
    const bytes = files.get(path);
    if (bytes && readPngHead(bytes)?.width !== size) problems.push(`${path} is not ${size} pixels wide`);
  }
  if (!manifest.icons?.["128"]) problems.push("there is no icon of 128 pixels");
  return problems;
}

/**
 * Most characters.
 *
 * @see https://developer.chrome.com/docs/extensions/reference/manifest/name (75, enforced by the store)
 * @see https://developer.chrome.com/docs/extensions/reference/manifest/description
 * @see https://learn.microsoft.com/microsoft-edge/extensions/publish/publish-extension
 * @see https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/name
 * @see https://github.com/w3c/webextensions/issues/218 (Safari: 112)
 */
const LIMITS = {
  chrome: { name: 75, short_name: 12, description: 132 },
  edge: { name: 45, short_name: 12, description: 132 },
  firefox: { name: 50, short_name: 12, description: 132 },
  safari: { name: 40, short_name: 12, description: 112 },
};

interface Manifest {
  icons?: Record<string, string>;
  default_locale?: string;
  [key: string]: unknown;
}

const parse = (bytes: Uint8Array | undefined): Manifest | undefined => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
  } catch {
    return undefined;
  }
};

/** Chromium's rule, the strictest. */
const isVersion = (version: unknown): boolean =>
  typeof version === "string" &&
  /^(0|[1-9]\d{0,4})(\.(0|[1-9]\d{0,4})){0,3}$/.test(version) &&
  version.split(".").every((part) => Number(part) <= 65_535) &&
  /[1-9]/.test(version);

/** A text by language; `__MSG_name__` stands for one in each of `_locales`. */
function textsOf(value: unknown, files: Files): [language: string, text: string | undefined][] {
  const text = typeof value === "string" ? value : undefined;
  const name = /^__MSG_(\w+)__$/.exec(text ?? "")?.[1];
  if (name === undefined) return [["every language", text]];
  const catalogues = [...files].flatMap(([path, bytes]) => {
    const language = /^_locales\/([^/]+)\/messages\.json$/.exec(path)?.[1];
    return language ? [[language, parse(bytes)] as const] : [];
  });
  return catalogues.length === 0
    ? [["every language", undefined]]
    : catalogues.map(([language, messages]) => [
        language,
        (messages?.[name] as { message?: string } | undefined)?.message,
      ]);
}

/** Whatever in a manifest looks like a file. */
function pathsIn(value: unknown): string[] {
  if (typeof value === "string") return /^[\w/-]+\.(js|html|png|svg|css|json)$/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

/** Whatever in a manifest is a picture with its size: { "16": path }, and Firefox's { light, dark, size }. */
function iconsIn(value: unknown): [size: number, path: string][] {
  if (typeof value !== "object" || value === null) return [];
  const { size } = value as { size?: unknown };
  return Object.entries(value).flatMap(([key, member]): [number, string][] => {
    if (typeof member !== "string" || !member.endsWith(".png")) return iconsIn(member);
    if (/^\d+$/.test(key)) return [[Number(key), member]];
    return typeof size === "number" ? [[size, member]] : [];
  });
}
