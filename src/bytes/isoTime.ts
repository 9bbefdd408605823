/** ISO 8601 of epoch milliseconds that may be any number; of what is no time, the beginning of 1970. */
export function isoTime(epochMs: number): string {
  const date = new Date(epochMs);
  return (Number.isNaN(date.getTime()) ? new Date(0) : date).toISOString();
}
