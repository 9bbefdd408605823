import type { Field } from "../bytes/problem.js";
import { decodeAttestationObject } from "../decode/attestationObject.js";
import { decodeAuthenticatorData } from "../decode/authenticatorData.js";
import { decodeClientData } from "../decode/clientData.js";
import type { Decoded } from "../decode/decoded.js";
import { decodeEcdsaSignature } from "../decode/signature.js";
import type { Reading } from "../recording/readSnapshot.js";
import type { Call } from "../recording/recording.js";
import { isOfStatement } from "../verify/attestation/index.js";
import { isOfAuthenticatorData } from "../verify/authenticatorDataSteps.js";
import { AUTHENTICATION_STEPS } from "../verify/verifyAuthentication.js";
import { REGISTRATION_STEPS } from "../verify/verifyRegistration.js";
import { resultOf } from "./readCeremony.js";

/** Bytes of a response: offset and length are in the member of the response that has them. */
export interface BytePlace extends Field {
  /** member of the response: clientDataJSON, attestationObject, authenticatorData, signature */
  buffer: string;
  /** JSON pointer to it */
  at: string;
}

/**
 * The bytes that a finding or a verdict is about: of a finding its `field` in the bytes at `at`, or
 * all of them; of a verdict what its step looks at, and where the bytes are not as they must be, what
 * is wrong in there. Undefined if it is about nothing in a response's bytes, or they are not in the
 * recording.
 */
export function locateBytes(
  call: Call,
  subject: { at: string; field?: string } | { check: string; outcome: string },
): BytePlace | undefined {
  const response = resultOf(call)?.member("response");
  if (!response) return undefined;
  if ("at" in subject) {
    const name = [...DECODERS.keys()].find((each) => response.member(each).at === subject.at);
    return name === undefined ? undefined : placeIn(response, name, [subject.field ?? "", ""]);
  }
  const isUnwell = subject.outcome === "fail" || subject.outcome === "cannot-tell";
  for (const field of FIELDS_OF_STEP.get(subject.check) ?? []) {
    const [buffer, path] = bufferOf(field, response);
    const place = placeIn(response, buffer, [path], isUnwell);
    if (place) return place;
  }
  return undefined;
}

const DECODERS: ReadonlyMap<string, (bytes: Uint8Array) => Decoded<object>> = new Map<
  string,
  (bytes: Uint8Array) => Decoded<object>
>([
  ["clientDataJSON", decodeClientData],
  ["attestationObject", decodeAttestationObject],
  ["authenticatorData", decodeAuthenticatorData],
  ["signature", decodeEcdsaSignature],
]);

const FIELDS_OF_STEP: ReadonlyMap<string, readonly string[]> = new Map(
  [...REGISTRATION_STEPS, ...AUTHENTICATION_STEPS].map(({ check, fields = [] }) => [check, fields]),
);

/** A registration's authenticator data stands in its attestation object. */
function bufferOf(field: string, response: Reading): [buffer: string, path: string] {
  const [buffer = "", ...path] = field.split(".");
  const isInside = buffer === "authenticatorData" && !response.member("attestationObject").isAbsent;
  return isInside ? ["attestationObject", field] : [buffer, path.join(".")];
}

/** The first of the paths that is there; "" is the whole buffer. */
function placeIn(
  response: Reading,
  buffer: string,
  paths: readonly string[],
  preferProblem = false,
): BytePlace | undefined {
  const bytes = response.member(buffer).bytes();
  const decode = DECODERS.get(buffer);
  if (!bytes || !decode) return undefined;
  const { fields, problems } = decode(bytes);
  const whole: Field = { path: "", offset: 0, length: bytes.length };
  const field = paths
    .map((path) => (path === "" ? whole : fields.find((each) => each.path === path)))
    .find((each) => each !== undefined);
  if (!field) return undefined;
  const problem = preferProblem ? problems.find((each) => isWithin(field, each)) : undefined;
  const { path = field.path, offset, length } = problem ?? field;
  return { buffer, at: response.member(buffer).at, path, offset, length };
}

/** Whether a problem is of a field itself. What is wrong inside an attestation object's parts is not of the whole. */
function isWithin({ path, offset, length }: Field, problem: Decoded<object>["problems"][number]): boolean {
  if (path === "") return !isOfAuthenticatorData(problem) && !isOfStatement(problem);
  const isBelow = problem.path === path || /^[.[]/.test(problem.path?.slice(path.length) ?? "");
  const isInside = problem.offset >= offset && problem.offset + problem.length <= offset + length;
  return isInside && isBelow && problem.path!.startsWith(path);
}
