import { readdirSync, readFileSync } from "node:fs";
import { parseRecording } from "../../src/recording/parseRecording.js";
import { readSnapshot } from "../../src/recording/readSnapshot.js";
import type { Recording } from "../../src/recording/recording.js";
import { TEST_VECTORS } from "../fixtures/webauthnTestVectors.js";
import { recordingOfVector } from "./recordingOfVector.js";

const FOLDER = new URL("../fixtures/ceremonies/", import.meta.url);

/** Recorded from Chromium's and Firefox's virtual authenticators, by `npm run fixtures:ceremonies`. */
export const RECORDED_CEREMONIES: readonly { name: string; recording: Recording }[] = readdirSync(FOLDER).map(
  (file) => {
    const { recording, problems } = parseRecording(readFileSync(new URL(file, FOLDER), "utf8"));
    if (!recording || problems.length > 0) throw new TypeError(`${file}: ${JSON.stringify(problems[0])}`);
    return { name: file.replace(".keyhole.json", ""), recording };
  },
);

/** Those, and the test vectors of the specification: bytes that this project did not make. */
export const FOREIGN_CEREMONIES: typeof RECORDED_CEREMONIES = [
  ...RECORDED_CEREMONIES,
  ...TEST_VECTORS.map((vector) => ({
    name: `test vector ${vector.name}`,
    recording: recordingOfVector(vector),
  })),
];

/**
 * Its soft token writes extensions behind the authenticator data of an assertion without setting ED,
 * and the signature is over other bytes: no server takes what Firefox returns then.
 */
export const BROKEN_SIGN_IN = "firefox-prf";

/** The bytes of a member of every response in them, by name, but for those that are known to be broken. */
export function bytesOfCeremonies(member: string): { name: string; bytes: Uint8Array }[] {
  return FOREIGN_CEREMONIES.flatMap(({ name, recording }) =>
    recording.calls.flatMap(({ outcome }, index) => {
      if (outcome.status !== "fulfilled" || (name === BROKEN_SIGN_IN && index > 0)) return [];
      const bytes = readSnapshot(outcome.value).member("response", member).bytes();
      return bytes ? [{ name: `${name}, call ${index}`, bytes }] : [];
    }),
  );
}
