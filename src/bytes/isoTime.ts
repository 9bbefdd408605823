/**
 * ISO 8601 of epoch milliseconds that may be any number: the nearest time that four digits have a year for;
 * of what is no number, the beginning of 1970.
 */
export function isoTime(epochMs: number): string {
  return new Date(Math.min(Math.max(epochMs || 0, EARLIEST), LATEST)).toISOString();
}

const EARLIEST = Date.parse("0000-01-01T00:00:00.000Z");
const LATEST = Date.parse("9999-12-31T23:59:59.999Z");
