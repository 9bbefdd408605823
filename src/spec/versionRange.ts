/** Safari versions, "17.4"; an open end is absent. Both ends are inclusive. */
export interface VersionRange {
  since?: string;
  until?: string;
}

/** Whether a version lies in a range. An end of "17" stands for all of 17.x. */
export function includesVersion({ since, until }: VersionRange, version: string): boolean {
  if (since !== undefined && compareVersions(version, since) < 0) return false;
  if (until !== undefined && compareVersions(version, until) > 0) return false;
  return true;
}

/** Whether every version from that one on lies in a range. */
export function includesAllSince({ since, until }: VersionRange, version: string): boolean {
  return until === undefined && includesVersion(since === undefined ? {} : { since }, version);
}

/** Whether some version from that one on may lie in a range. */
export function reachesBeyond({ until }: VersionRange, version: string): boolean {
  return until === undefined || includesVersion({ until }, version);
}

/** The end of what comes before a version: "17.3" before "17.4", "17" (all of it) before "18" and "18.0". */
export function versionBefore(version: string): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (minor > 0) return `${major}.${minor - 1}`;
  return major === AFTER_THE_LEAP ? String(BEFORE_THE_LEAP) : String(major - 1);
}

/** Safari left out 19 to 25. */
const BEFORE_THE_LEAP = 18;
const AFTER_THE_LEAP = 26;

/** Compares as many parts as the second version has: 17.4.1 is neither before nor after 17.4. */
function compareVersions(version: string, bound: string): number {
  const parts = version.split(".");
  for (const [index, part] of bound.split(".").entries()) {
    const difference = Number(parts[index] ?? 0) - Number(part);
    if (difference !== 0) return difference;
  }
  return 0;
}
