/** Epoch milliseconds as the time of day where the reader is: "10:32:07". */
export function describeTime(epochMs: number): string {
  const date = new Date(epochMs);
  if (Number.isNaN(date.getTime())) return "?";
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
}

/** Day, time and milliseconds: "2026-11-22 10:32:07.123". */
export function describeMoment(epochMs: number): string {
  const date = new Date(epochMs);
  if (Number.isNaN(date.getTime())) return "?";
  const day = `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
  return `${day} ${describeTime(epochMs)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");
