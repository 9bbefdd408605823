import { describe, expect, it } from "vitest";
import { bytes, create, get } from "../../support/recordings.js";
import {
  ALGORITHMS,
  type AttestationKind,
  SoftwareAuthenticator,
} from "../../support/softwareAuthenticator.js";
import { oracleOnAuthentication, oracleOnRegistration } from "./oracle.js";

const ASKED = { origin: "https://example.com", rpId: "example.com", userVerification: true };
/** what `create()` and `get()` of the support folder ask with */
const CREATION = { ...ASKED, challenge: bytes(32, 2) };
const REQUEST = { ...ASKED, challenge: bytes(32, 3) };

describe("The software authenticator is genuine, says @simplewebauthn/server", () => {
  for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
    it(`with ${name}`, async () => {
      const authenticator = new SoftwareAuthenticator({ attestation: "packed-self", counts: true });
      const draft = create({ pubKeyCredParams: [{ type: "public-key", alg: algorithm }] });
      const registration = authenticator.create(draft.args[0]);
      expect(await oracleOnRegistration(registration, { ...CREATION, algorithms: [algorithm] })).toEqual({
        accepted: true,
        reason: "verified",
      });
      const authentication = authenticator.get(get().args[0]);
      const [credential] = authenticator.credentials;
      const known = { id: credential!.id, publicKey: registration.publicKey, signCount: 0 };
      expect(await oracleOnAuthentication(authentication, REQUEST, known)).toEqual({
        accepted: true,
        reason: "verified",
      });
    });
  }

  const judged: AttestationKind[] = [
    "none",
    "packed",
    "packed-self",
    "fido-u2f",
    "apple",
    "tpm",
    "android-key",
    "android-safetynet",
  ];
  for (const attestation of judged) {
    it(`with ${attestation} attestation`, async () => {
      const registration = new SoftwareAuthenticator({ attestation }).create(
        create({ pubKeyCredParams: [{ type: "public-key", alg: -7 }] }).args[0],
      );
      expect(await oracleOnRegistration(registration, CREATION)).toEqual({
        accepted: true,
        reason: "verified",
      });
    });
  }
});
