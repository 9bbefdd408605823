import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { describe, expect, test } from "vitest";
import { analyze } from "../../../src/analyze.js";
import { decodeAttestationObject } from "../../../src/decode/attestationObject.js";
import { type Reading, readSnapshot } from "../../../src/recording/readSnapshot.js";
import type { Recording } from "../../../src/recording/recording.js";
import { VECTOR_ROOT } from "../../fixtures/webauthnTestVectors.js";
import { BROKEN_SIGN_IN, FOREIGN_CEREMONIES, RECORDED_CEREMONIES } from "../../support/recordedCeremonies.js";
import { checks } from "./ceremony.js";
import { type OracleSays, oracleOnAuthentication, oracleOnRegistration } from "./oracle.js";

/** What SimpleWebAuthn refuses or takes where the steps of the specification say otherwise, and why. */
const DISAGREEMENTS: Record<string, RegExp> = {
  // Its list of TPM makers has no "id:00000000"; the specification demands that there is one, not which.
  "test vector tpm.ES256, call 0": /manufacturer/i,
  // It demands an AAGUID of zeros, as U2F keys have none.
  "test vector fido-u2f.ES256, call 0": /aaguid/i,
  // Of Ed448 it knows neither key nor signature.
  "test vector packed.Ed448, call 1": /448|-53|curve/i,
};

describe.each(FOREIGN_CEREMONIES)("$name", ({ name, recording }) => {
  test("verdicts agree with what SimpleWebAuthn says", async () => {
    const { ceremonies } = await analyze(recording, { roots: [VECTOR_ROOT] });
    const says = await oracleOn(recording);
    expect(says.length).toBe(recording.calls.length);
    for (const [index, { verdicts }] of ceremonies.entries()) {
      const failed = verdicts.filter(({ outcome }) => outcome === "fail");
      const { accepted, reason } = says[index]!;
      const disagreement = DISAGREEMENTS[`${name}, call ${index}`];
      if (disagreement) expect(reason).toMatch(disagreement);
      else expect({ accepted: failed.length === 0, failed, reason }).toMatchObject({ accepted });
    }
  });
});

describe("the ceremonies that browsers were recorded with", () => {
  const named = (name: string) => RECORDED_CEREMONIES.find((each) => each.name === name)!.recording;

  test("are all that were asked for, each answered", () => {
    expect(RECORDED_CEREMONIES.map(({ name }) => name)).toEqual([
      "chromium-cred-blob",
      "chromium-large-blob",
      "chromium-min-pin-length",
      "chromium-no-resident-key",
      "chromium-no-user-verification",
      "chromium-prf",
      "chromium-resident-key",
      "chromium-synced",
      "chromium-u2f",
      "firefox-min-pin-length",
      "firefox-no-resident-key",
      "firefox-no-user-verification",
      "firefox-prf",
      "firefox-resident-key",
      "firefox-u2f",
    ]);
    for (const { recording } of RECORDED_CEREMONIES)
      for (const { outcome } of recording.calls) expect(outcome.status).toBe("fulfilled");
  });

  test.each(RECORDED_CEREMONIES)(
    "$name: every assertion is by the registered key",
    async ({ name, recording }) => {
      const { ceremonies } = await analyze(recording);
      const [registered, ...used] = ceremonies.map(({ verdicts }) => verdicts);
      expect(checks(registered!, "fail")).toEqual([]);
      for (const verdicts of used) {
        expect(checks(verdicts, "fail")).toEqual(
          name === BROKEN_SIGN_IN ? ["authenticator-data", "signature"] : [],
        );
        expect(checks(verdicts, "cannot-tell")).toEqual([]);
      }
    },
  );

  test("tell resident key, user verification and backup as their authenticators have them", async () => {
    const flagsOf = async (name: string, call: number) => {
      const { ceremonies } = await analyze(named(name));
      const flags = ceremonies[call]!.credential!.authenticatorData!.flags!;
      return [flags.userVerified, flags.backupEligible, flags.backupState];
    };
    expect(await flagsOf("chromium-resident-key", 0)).toEqual([true, false, false]);
    expect(await flagsOf("chromium-synced", 1)).toEqual([true, true, true]);
    expect(await flagsOf("chromium-no-user-verification", 1)).toEqual([false, false, false]);
    expect(await flagsOf("firefox-no-user-verification", 0)).toEqual([false, false, false]);
  });

  test("tell their extensions, secrets masked", async () => {
    const wordsOf = async (name: string) =>
      (await analyze(named(name))).ceremonies.map(({ decoded }) =>
        decoded.clientExtensions?.map(({ identifier, words }) => `${identifier}: ${words}`).join("; "),
      );
    expect(await wordsOf("chromium-large-blob")).toEqual([
      "largeBlob: supported: true",
      "largeBlob: written: true",
      "largeBlob: blob: 7 bytes, masked",
    ]);
    expect(await wordsOf("chromium-prf")).toEqual([
      "prf: enabled: true, results.first: 32 bytes, masked",
      "prf: results.first: 32 bytes, masked, results.second: 32 bytes, masked",
    ]);
    expect(await wordsOf("chromium-cred-blob")).toEqual(["credBlob: true", "getCredBlob: 7 bytes, masked"]);
    const { ceremonies } = await analyze(named("firefox-min-pin-length"));
    expect([...ceremonies[0]!.credential!.authenticatorData!.extensions!.keys()]).toEqual([
      "hmac-secret",
      "minPinLength",
    ]);
  });

  test("u2f has its own attestation, and no AAGUID", async () => {
    const { ceremonies } = await analyze(named("chromium-u2f"));
    expect(ceremonies[0]!.credential).toMatchObject({ attestationFormat: "fido-u2f" });
    expect(ceremonies[0]!.credential!.aaguid).toBeUndefined();
    expect(checks(ceremonies[0]!.verdicts, "pass")).toContain("attestation-signature");
  });
});

/** What SimpleWebAuthn says of each call's answer. */
async function oracleOn({ realms, calls }: Recording): Promise<OracleSays[]> {
  const [{ origin, ancestorOrigins }] = realms as [Recording["realms"][number]];
  const [first] = calls;
  const made = answerOf(first!.outcome);
  const rpId = readSnapshot(first!.arguments[0]).member("publicKey", "rp", "id").text()!;
  const attestationObject = made.member("response", "attestationObject").bytes()!;
  const { authenticatorData } = decodeAttestationObject(attestationObject).value;
  const { credentialId, coseKey } = authenticatorData!.attestedCredentialData!;
  const fields = decodeAttestationObject(attestationObject).fields;
  const key = fields.find(({ path }) => path.endsWith(".coseKey"))!;
  let { signCount } = authenticatorData!;
  const says: OracleSays[] = [];
  for (const [index, { arguments: args, outcome }] of calls.entries()) {
    const publicKey = readSnapshot(args[0]).member("publicKey");
    const answer = answerOf(outcome);
    const topOrigin = ancestorOrigins.at(-1);
    const asked = {
      challenge: publicKey.member("challenge").bytes()!,
      origin,
      ...(topOrigin !== undefined && { topOrigin }),
      rpId,
      userVerification: false,
      algorithms: [coseKey!.algorithm!],
    };
    if (index === 0) {
      const json = jsonOf(answer) as RegistrationResponseJSON;
      says.push(await oracleOnRegistration({ json }, asked));
    } else {
      const json = jsonOf(answer) as AuthenticationResponseJSON;
      const credential = {
        id: credentialId!,
        publicKey: attestationObject.slice(key.offset, key.offset + key.length),
        signCount: signCount!,
      };
      says.push(await oracleOnAuthentication({ json }, asked, credential));
      signCount = Math.max(signCount!, 0);
    }
  }
  return says;
}

function answerOf(outcome: Recording["calls"][number]["outcome"]): Reading {
  return readSnapshot(outcome.status === "fulfilled" ? outcome.value : undefined);
}

function jsonOf(answer: Reading): object {
  const response = answer
    .member("response")
    .members()
    .flatMap(([name, value]) => {
      const shown = value.base64url() ?? value.text() ?? value.number();
      return shown === undefined ? [] : [[name, shown]];
    });
  const id = answer.member("id").text();
  return {
    id,
    rawId: id,
    type: "public-key",
    clientExtensionResults: {},
    response: Object.fromEntries(response),
  };
}
