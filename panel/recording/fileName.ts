import type { Recording } from "../../src/index.js";
import { isTopLevel } from "../../src/index.js";
import { hostOf } from "../store/rows.js";

/** A name that tells recordings apart in a folder: host of the last page and time, "login.example.com-20261122-103207.keyhole.json". */
export function fileName(recording: Recording, extension: string): string {
  const page = recording.realms.filter(isTopLevel).at(-1) ?? recording.realms.at(-1);
  const host =
    hostOf(page?.origin)
      .replace(/[^\w.-]+/g, "_")
      .slice(0, 80) || "keyhole";
  const date = new Date(recording.createdAt);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  const time = Number.isNaN(date.getTime())
    ? ""
    : `-${local.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-")}`;
  return `${host}${time}.${extension}`;
}
