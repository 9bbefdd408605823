import type { RealmId } from "../recording/recording.js";
import { halvesOf } from "./linkKey.js";

export interface ReadOptions {
  key: string;
  /** Where the last reading ended. Of another realm than this one, everything is read. */
  since?: { realmId: RealmId; next: number };
  /** The longest answer that is wanted; it may still be longer by the realm, or by a single event. */
  maxBytes?: number;
}

/**
 * An expression for the page's own world, whatever evaluates it; its value is a string for
 * `parseReading`. It takes nothing away, so that any number of readers can ask, and it can be asked again.
 *
 * The question goes to `Function.prototype.toString`, which the hook has wrapped already: so there is
 * nothing to find for a page without the key. `this` is an object, so the browser's own throws, as
 * it does where there is no hook. It is asked by syntax alone, without `call` or any other built-in
 * that a page may have replaced.
 */
export function readExpression({ key, since, maxBytes = 256 * 1024 }: ReadOptions): string {
  const question = [halvesOf(key).ask, since?.realmId ?? "", since?.next ?? 0, maxBytes];
  return `(() => {
  try {
    const answer = ({ __proto__: Function.prototype }).toString(${question.map((part) => JSON.stringify(part)).join(", ")});
    if (typeof answer === "string" && answer[0] === "{") return answer;
  } catch {}
  let hook = "none";
  try { if (Function.prototype.toString.call("keyhole?") === "keyhole!") hook = "other"; } catch {}
  return JSON.stringify({
    hook, url: location.href, isSecureContext, startedAt: performance.timeOrigin, readyState: document.readyState
  });
})()`;
}
