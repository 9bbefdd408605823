import { say, sayCount, sayNumber } from "./say.js";

/** Milliseconds as people say them: "2 ms", "2.5 s", "41 s", "1 min 20 s", "3 days". */
export function describeDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return say("duration_unknown");
  if (ms < 1) return say("duration_underMs");
  if (ms < 995) return say("duration_ms", { ms: Math.round(ms) });
  if (ms < 9_950) return say("duration_s", { s: sayNumber(ms / 1000, 1) });
  if (ms < 59_500) return say("duration_s", { s: Math.round(ms / 1000) });
  const seconds = Math.round(ms / 1000);
  const [s, min, h] = [seconds % 60, Math.floor(seconds / 60) % 60, Math.floor(seconds / 3_600)];
  if (seconds < 3_600) return s === 0 ? say("duration_min", { min }) : say("duration_minS", { min, s });
  if (seconds < 86_400) return min === 0 ? say("duration_h", { h }) : say("duration_hMin", { h, min });
  return sayCount("duration_days", Math.floor(h / 24));
}

/** The same where there is room for one unit alone: "326 ms", "1.3 min", "23 h". */
export function describeDurationShort(ms: number): string {
  const min = ms / 60_000;
  if (!(min >= 1 && min < 24 * 60)) return describeDuration(ms);
  return min < 59.5
    ? say("duration_min", { min: atMostTwoDigits(min) })
    : say("duration_h", { h: atMostTwoDigits(min / 60) });
}

const atMostTwoDigits = (value: number) => sayNumber(value, value < 9.95 ? 1 : 0);
