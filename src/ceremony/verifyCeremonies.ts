import { realmOf } from "../recording/realmOf.js";
import type { Recording } from "../recording/recording.js";
import type { Ceremony } from "./ceremony.js";
import { Verifier, type VerifyOptions } from "./verifier.js";

/**
 * The ceremonies with what a server would say to each answer, given the calls before it. The verdicts
 * of a masked recording are the ones that it keeps. Linear in the number of calls.
 */
export async function verifyCeremonies(
  recording: Recording,
  /** one for each call */
  ceremonies: readonly Ceremony[],
  options: VerifyOptions = {},
): Promise<Ceremony[]> {
  const realmFor = realmOf(recording);
  const verifier = new Verifier(options);
  const verified: Promise<Ceremony>[] = [];
  for (const [index, ceremony] of ceremonies.entries()) {
    const call = recording.calls[index]!;
    const kept = recording.redaction?.verdicts[call.id];
    const verdicts = kept ?? verifier.verify(call, realmFor(call), ceremony);
    verified.push(Promise.resolve(verdicts).then((each) => ({ ...ceremony, verdicts: each })));
    if (index % AT_ONCE === AT_ONCE - 1) await Promise.all(verified.slice(-AT_ONCE));
  }
  return Promise.all(verified);
}

/** Enough to keep the cryptography busy, few enough to leave others their turn. */
const AT_ONCE = 64;
