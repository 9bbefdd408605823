import assert from "node:assert/strict";
import fc from "fast-check";
import { importAnything } from "../../../src/index.js";
import * as corpus from "../corpus.js";
import { anyBytesLike } from "../mutate/mutateBytes.js";
import { anyJsonLike } from "../mutate/mutateJson.js";
import { anyTextLike } from "../mutate/mutateText.js";
import { assertWords } from "../promises/inside.js";
import { assertWhole } from "../promises/wholeRecording.js";
import { type AnyTarget, defineTarget } from "../target.js";

const {
  creation,
  request,
  registration,
  authentication,
  webkitCreation,
  webkitResponse,
  devtools,
  recorder,
  har,
} = corpus.IMPORTS;

const FORMATS: [name: string, inputs: fc.Arbitrary<string | Uint8Array>][] = [
  ["ceremonyJson", anyJsonLike([creation, request, registration, authentication, [creation, registration]])],
  ["webkitTab", anyJsonLike([webkitCreation, webkitResponse])],
  ["webauthnDevtools", anyJsonLike([devtools])],
  ["webauthnRecorder", anyJsonLike([recorder])],
  ["har", anyJsonLike([har])],
  ["keyholeRecording", anyJsonLike(corpus.RECORDINGS.slice(0, 20))],
  [
    "text",
    anyTextLike(
      [creation, registration, webkitResponse, recorder, har].map((value) => JSON.stringify(value, null, 1)),
      ["-----BEGIN CERTIFICATE-----", "keyhole:1:", "data:;base64,", '"clientDataJSON":', "0x"],
    ),
  ],
  [
    "bytes",
    fc.oneof(
      anyBytesLike([...corpus.ATTESTATION_OBJECTS, ...corpus.AUTHENTICATOR_DATA, ...corpus.CERTIFICATES]),
      anyBytesLike(corpus.ATTESTATION_OBJECTS).map((bytes) => Buffer.from(bytes).toString("hex")),
      anyBytesLike(corpus.ATTESTATION_OBJECTS).map((bytes) => JSON.stringify([...bytes])),
      anyBytesLike(corpus.CLIENT_DATA).map((bytes) => Buffer.from(bytes).toString("base64")),
    ),
  ],
];

const AT = Date.UTC(2026, 10, 22);

export const imports: readonly AnyTarget[] = FORMATS.map(([name, inputs]) =>
  defineTarget({
    name: `imports/${name}`,
    inputs,
    runs: 6,
    cost: { base: 3_000, perThousand: 300 },
    async check(input) {
      const { recording, problems, unreadable } = await importAnything(input, { at: AT });
      assert(unreadable >= problems.length);
      assert(recording !== undefined || problems.length > 0, "neither a recording nor a problem");
      assertWords(problems);
      for (const { offset, length } of problems) assert(offset >= 0 && length >= 0);
      if (recording) await assertWhole(recording, corpus.RECORDINGS[recording.calls.length % 20]!);
      return [recording, problems];
    },
  }),
);
