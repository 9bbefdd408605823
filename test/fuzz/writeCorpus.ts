import { writeFile } from "node:fs/promises";
import { decodeAttestationObject } from "../../src/index.js";
import * as imports from "../src/import/samples.js";
import { GENUINE_ATTESTATIONS } from "../support/attestationSamples.js";
import { KEY_SAMPLES } from "../support/samples.js";
import type { Corpus } from "./corpus.js";

/**
 * Makes corpus.json anew, by `npx tsx test/fuzz/writeCorpus.ts`: samples that are made with fresh keys whenever
 * a test needs them. Here they have to stay, so that a seed means the same input tomorrow.
 */
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url");

const corpus: Corpus = {
  attestations: GENUINE_ATTESTATIONS.map(({ bytes }) => base64url(bytes)),
  keys: KEY_SAMPLES.map(({ bytes }) => base64url(bytes)),
  certificates: GENUINE_ATTESTATIONS.flatMap(({ bytes }) => {
    const { statement } = decodeAttestationObject(bytes).value;
    if (statement?.format === "android-safetynet") return statement.response?.certificates ?? [];
    return statement && "certificates" in statement ? (statement.certificates ?? []) : [];
  }).map(base64url),
  imports: {
    creation: imports.creationJson,
    request: imports.requestJson,
    registration: imports.registration.json,
    authentication: imports.authentication.json,
    webkitCreation: imports.webkitCreation,
    webkitResponse: imports.webkitResponse,
    devtools: imports.devtoolsExport,
    recorder: imports.recorderExport,
    har: imports.harFile,
  },
};
await writeFile(new URL("corpus.json", import.meta.url), `${JSON.stringify(corpus)}\n`);
