/** Milliseconds as people say them: "2 ms", "2.5 s", "41 s", "1 min 20 s", "3 days". */
export function describeDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return "?";
  if (ms < 1) return "< 1 ms";
  if (ms < 995) return `${Math.round(ms)} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 59_500) return `${Math.round(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3_600) return twoParts(Math.floor(seconds / 60), "min", seconds % 60, "s");
  if (seconds < 86_400) {
    return twoParts(Math.floor(seconds / 3_600), "h", Math.floor((seconds % 3_600) / 60), "min");
  }
  return `${Math.floor(seconds / 86_400)} days`;
}

function twoParts(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
