import { encodeBase64url } from "../../../src/bytes/base64url.js";
import { parseRecording, type Recording } from "../../../src/index.js";
import type { Snapshot } from "../../../src/recording/snapshot.js";
import { TEST_VECTORS } from "../../fixtures/webauthnTestVectors.js";
import { hostile, many, morning, onIphone } from "../../panel/sampleRecordings.js";
import { ATTESTATION_KINDS, GENUINE_ATTESTATIONS } from "../../support/attestationSamples.js";
import { recordingOfVector } from "../../support/recordingOfVector.js";
import { buffer, create, get, type PageParts, recordingOf, snapshotOf } from "../../support/recordings.js";
import {
  ATTESTATION_OBJECT_SAMPLES,
  AUTHENTICATOR_DATA_SAMPLES,
  CLIENT_DATA_SAMPLES,
} from "../../support/samples.js";
import { SoftwareAuthenticator } from "../../support/softwareAuthenticator.js";

/** What real browsers answered. */
const RECORDED = import.meta.glob<string>("../../fixtures/ceremonies/*.keyhole.json", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** Every kind of recording that the tests know, made anew for each use. */
export const SAMPLES: readonly { name: string; recording: () => Recording }[] = [
  { name: "a morning of a developer", recording: morning },
  { name: "a hostile page", recording: hostile },
  { name: "many sign-ins", recording: () => many(30) },
  { name: "iOS 17", recording: () => onIphone("17.2") },
  ...Object.entries(RECORDED).map(([path, text]) => ({
    name: path.split("/").at(-1)!.replace(".keyhole.json", ", recorded"),
    recording: () => parseRecording(text).recording!,
  })),
  ...TEST_VECTORS.map((vector) => ({
    name: `the test vector ${vector.name}`,
    recording: () => recordingOfVector(vector),
  })),
  ...ATTESTATION_KINDS.map((attestation) => ({
    name: `a registration and a sign-in, ${attestation}`,
    recording: () => registrationAndSignIn({ attestation }),
  })),
  {
    name: "a registration and a sign-in in a frame",
    recording: () =>
      registrationAndSignIn(
        {},
        { origin: "https://login.example.com", ancestorOrigins: ["https://shop.example.net"] },
      ),
  },
  ...[...ATTESTATION_OBJECT_SAMPLES, ...GENUINE_ATTESTATIONS].map(({ name, bytes }) => ({
    name: `the attestation object "${name}"`,
    recording: () => recordingOf([create().returns(answer({ attestationObject: buffer(bytes) }))]),
  })),
  ...AUTHENTICATOR_DATA_SAMPLES.map(({ name, bytes }) => ({
    name: `the authenticator data "${name}"`,
    recording: () => recordingOf([get().returns(answer({ authenticatorData: buffer(bytes) }))]),
  })),
  ...CLIENT_DATA_SAMPLES.map(({ name, bytes }) => ({
    name: `the client data "${name}"`,
    recording: () => recordingOf([get().returns(answer({ clientDataJSON: buffer(bytes) }))]),
  })),
];

/** A genuine registration and a sign-in with its credential: every signature is right. */
export function registrationAndSignIn(
  parts: ConstructorParameters<typeof SoftwareAuthenticator>[0],
  page: PageParts = {},
): Recording {
  const authenticator = new SoftwareAuthenticator(parts);
  const { origin, ancestorOrigins } = page;
  const topOrigin = ancestorOrigins?.at(-1);
  const frame = { ...(origin && { origin }), ...(topOrigin && { topOrigin }) };
  const registering = create({ pubKeyCredParams: [{ type: "public-key", alg: -7 }] });
  const registered = authenticator.create(registering.args[0], frame);
  const signingIn = get();
  const signedIn = authenticator.get(signingIn.args[0], frame);
  return recordingOf([registering.returns(registered.snapshot), signingIn.returns(signedIn.snapshot)], page);
}

function answer(response: { [member: string]: unknown }): Snapshot {
  const rawId = Uint8Array.of(9, 200, 7, 6, 5, 4, 3, 2);
  const value = { id: encodeBase64url(rawId), rawId: buffer(rawId), type: "public-key", response };
  return { $: "PublicKeyCredential", value: snapshotOf(value) as { [name: string]: Snapshot } };
}
