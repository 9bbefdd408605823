import { type ReadonlySignal, signal } from "@preact/signals";
import { CALL_LIMIT } from "../store/log.js";

/** What the panel remembers between visits; every member has a default. */
export interface PanelSettings {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export type Theme = "auto" | "light" | "dark";
export type BytesFormat = "base64url" | "hex";

export interface Preferences {
  theme: Theme;
  /** how bytes are written in the details */
  bytesFormat: BytesFormat;
  /** label of an IOS_GENERATIONS entry, or "" for "as recorded" */
  judgeAs: string;
  /** share of the list, side by side: 0.2 to 0.8 */
  splitColumns: number;
  /** share of the list, stacked: 0.15 to 0.8 */
  splitRows: number;
  /** number of calls of the live log that are kept: 100 to 20,000 */
  callLimit: number;
  /** ids of the rules whose findings are hidden */
  switchedOffRules: readonly string[];
  /** what is exported does not tell whose it was, unless told otherwise */
  maskExports: boolean;
}

export interface PreferenceStore {
  readonly current: ReadonlySignal<Preferences>;
  change<Key extends keyof Preferences>(key: Key, value: Preferences[Key]): void;
}

/** Preferences start with their defaults and take on what was kept as soon as it is read. */
export function openPreferences(settings: PanelSettings): PreferenceStore {
  const current = signal<Preferences>(DEFAULTS);
  const touched = new Set<keyof Preferences>();
  for (const key of Object.keys(DEFAULTS) as (keyof Preferences)[]) void read(key);

  async function read<Key extends keyof Preferences>(key: Key) {
    const value = await settings.get(`panel.${key}`).catch(() => undefined);
    if (!touched.has(key) && CHECKS[key](value)) current.value = { ...current.peek(), [key]: value };
  }

  return {
    current,
    change(key, value) {
      if (!CHECKS[key](value)) throw new RangeError(`${key}: ${value}`);
      touched.add(key);
      current.value = { ...current.peek(), [key]: value };
      // What can't be kept still holds for this visit.
      settings.set(`panel.${key}`, value).catch(() => {});
    },
  };
}

const DEFAULTS: Preferences = {
  theme: "auto",
  bytesFormat: "base64url",
  judgeAs: "",
  splitColumns: 0.44,
  splitRows: 0.34,
  callLimit: CALL_LIMIT,
  switchedOffRules: [],
  maskExports: true,
};

/** What was kept may be of another version, or not ours at all. */
const CHECKS: Record<keyof Preferences, (value: unknown) => boolean> = {
  theme: (value) => value === "auto" || value === "light" || value === "dark",
  bytesFormat: (value) => value === "base64url" || value === "hex",
  judgeAs: (value) => typeof value === "string" && value.length < 100,
  splitColumns: (value) => typeof value === "number" && value >= 0.2 && value <= 0.8,
  splitRows: (value) => typeof value === "number" && value >= 0.15 && value <= 0.8,
  callLimit: (value) => Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 20_000,
  // An id that no rule has is one of another version, and stays.
  switchedOffRules: (value) =>
    Array.isArray(value) &&
    value.length <= 1_000 &&
    value.every((id) => typeof id === "string" && id.length < 100),
  maskExports: (value) => typeof value === "boolean",
};
