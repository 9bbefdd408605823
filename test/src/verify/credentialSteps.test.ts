import { expect, test } from "vitest";
import { readSnapshot } from "../../../src/recording/readSnapshot.js";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import type { CeremonyFacts } from "../../../src/verify/ceremonyFacts.js";
import { CREDENTIAL_STEPS } from "../../../src/verify/credentialSteps.js";

const BYTES: Snapshot = { $: "bytes", type: "ArrayBuffer", base64url: "AQID" };
const MASKED: Snapshot = { $: "masked", type: "ArrayBuffer", length: 3, fingerprint: "9f86d081" };
const TOO_LARGE: Snapshot = { $: "truncated", of: "ArrayBuffer", length: 9_000_000 };

function judge(check: string, members: Record<string, Snapshot>) {
  const credential = readSnapshot({ id: "AQID", rawId: BYTES, type: "public-key", ...members });
  const step = CREDENTIAL_STEPS.find((each) => each.check === check)!;
  return step.judge({ credential, decoded: {} } as unknown as CeremonyFacts);
}

test("id and rawId that are the same pass", () => {
  expect(judge("credential-id", {})).toMatchObject({ outcome: "pass" });
  expect(judge("credential-type", {})).toMatchObject({ outcome: "pass" });
});

test.each([
  ["credential-id", "id", MASKED],
  ["credential-id", "rawId", MASKED],
  ["credential-id", "id", TOO_LARGE],
  ["credential-id", "rawId", TOO_LARGE],
  ["credential-type", "type", TOO_LARGE],
])("%s: nobody can tell if %s is not in the recording: %o", (check, name, snapshot) => {
  expect(judge(check, { [name]: snapshot })).toMatchObject({ outcome: "cannot-tell" });
});
