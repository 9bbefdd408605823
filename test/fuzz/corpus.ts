import { readFileSync } from "node:fs";
import { type Recording, serializeRecording } from "../../src/index.js";
import { TEST_VECTORS } from "../fixtures/webauthnTestVectors.js";
import { hostile, morning, onIphone } from "../panel/sampleRecordings.js";
import { CONVERSATION_KEY } from "../support/recordConversation.js";
import { bytesOfCeremonies, RECORDED_CEREMONIES } from "../support/recordedCeremonies.js";
import { recordingOfVector } from "../support/recordingOfVector.js";
import { AUTHENTICATOR_DATA_SAMPLES, CLIENT_DATA_SAMPLES } from "../support/samples.js";
import type { Said } from "../support/serveProxy.js";

/** What corpus.json has. @see writeCorpus.ts */
export interface Corpus {
  /** base64url, as the next two */
  attestations: string[];
  keys: string[];
  certificates: string[];
  imports: Record<string, unknown>;
}

const read = <Content>(path: string) =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Content;
const made = read<Corpus>("corpus.json");
const bytesOf = (texts: readonly string[]) =>
  texts.map((text) => new Uint8Array(Buffer.from(text, "base64url")));
const foreign = (member: string) => bytesOfCeremonies(member).map(({ bytes }) => bytes);

/** Samples to begin from, the same in every run. */
export const ATTESTATION_OBJECTS = [...bytesOf(made.attestations), ...foreign("attestationObject")];
export const AUTHENTICATOR_DATA = [
  ...AUTHENTICATOR_DATA_SAMPLES.filter(({ name }) => !name.includes("key with")).map(({ bytes }) => bytes),
  ...foreign("authenticatorData"),
];
export const CLIENT_DATA = [...CLIENT_DATA_SAMPLES.map(({ bytes }) => bytes), ...foreign("clientDataJSON")];
export const KEYS = bytesOf(made.keys);
export const SIGNATURES = foreign("signature");
export const PUBLIC_KEYS = foreign("publicKey");
export const CERTIFICATES = bytesOf(made.certificates);
export const IMPORTS = made.imports;

export const RECORDINGS: readonly Recording[] = [
  ...RECORDED_CEREMONIES.map(({ recording }) => recording),
  ...TEST_VECTORS.map(recordingOfVector),
  morning(),
  hostile(),
  onIphone("18.3"),
  onIphone("26.1"),
].sort((one, other) => serializeRecording(one).length - serializeRecording(other).length);

/** What a page of WebKit said to an inspector. */
export const CONVERSATION = read<Said[]>("../fixtures/wire/conversation.json")
  .filter(({ by }) => by === "device")
  .map(({ message }) => message);
export { CONVERSATION_KEY };

/** What was inside the messages of its target. */
const inner = CONVERSATION.flatMap(({ method, params }) =>
  method === "Target.dispatchMessageFromTarget" ? [JSON.parse(String(params?.message))] : [],
);

/** Lines that the hook wrote to the console. */
export const CONSOLE_LINES: readonly string[] = inner
  .flatMap(({ params }) => params?.message?.text ?? [])
  .filter((text: string) => text.startsWith("keyhole:"));

/** What the hook answered when it was asked. */
export const ANSWERS: readonly unknown[] = inner.flatMap(({ result }) =>
  typeof result?.result?.value === "string" ? [JSON.parse(result.result.value)] : [],
);
