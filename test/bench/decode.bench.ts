import { generateKeyPairSync, sign } from "node:crypto";
import { ECDSASigValue } from "@peculiar/asn1-ecc";
import { AsnParser } from "@peculiar/asn1-schema";
import {
  decodeAttestationObject as oracleAttestationObject,
  parseAuthenticatorData as oracleAuthenticatorData,
  decodeClientDataJSON as oracleClientData,
  decodeCredentialPublicKey as oracleKey,
} from "@simplewebauthn/server/helpers";
import {
  decodeAttestationObject,
  decodeAuthenticatorData,
  decodeClientData,
  decodeEcdsaSignature,
  encodeBase64url,
} from "../../dist/engine/index.js";
import { genuineAttestation } from "../support/attestationSamples.js";
import { authenticatorData, clientDataJson } from "../support/authenticatorBytes.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import type { Bench, Row } from "./row.js";

/** Decoding with offsets, beside SimpleWebAuthn's (its signatures: by the library that it uses for them) decoding without, in the same run. */
const bench: Bench = async () => {
  const registration = {
    clientData: clientDataJson(),
    attestationObject: Uint8Array.from(genuineAttestation("packed")),
  };
  const assertion = {
    clientData: clientDataJson({ type: "webauthn.get" }),
    authData: Uint8Array.from(authenticatorData()),
    signature: Uint8Array.from(
      sign("sha256", Uint8Array.of(1), generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey),
    ),
  };
  // SimpleWebAuthn takes client data as it is sent: in base64url.
  const registrationText = encodeBase64url(registration.clientData);
  const assertionText = encodeBase64url(assertion.clientData);
  return [
    compare(
      "decode a packed registration",
      () => {
        decodeClientData(registration.clientData);
        decodeAttestationObject(registration.attestationObject);
      },
      () => {
        oracleClientData(registrationText);
        const object = oracleAttestationObject(registration.attestationObject);
        const { credentialPublicKey } = oracleAuthenticatorData(object.get("authData"));
        oracleKey(credentialPublicKey!);
      },
    ),
    compare(
      "decode an assertion (client data, authenticator data, signature)",
      () => {
        decodeClientData(assertion.clientData);
        decodeAuthenticatorData(assertion.authData);
        decodeEcdsaSignature(assertion.signature);
      },
      () => {
        oracleClientData(assertionText);
        oracleAuthenticatorData(assertion.authData);
        AsnParser.parse(assertion.signature, ECDSASigValue);
      },
    ),
    // No bound: places of members cost what JSON.parse alone does not have to find.
    withoutBound(
      compare(
        "decode client data alone",
        () => {
          decodeClientData(assertion.clientData);
        },
        () => {
          oracleClientData(assertionText);
        },
      ),
    ),
    growth(registration.attestationObject),
  ];
};
export default bench;

/** Short rounds and the best of them: what else the machine does makes a round longer, never shorter. */
const ROUNDS = 100;
const TIMES = 200;

function compare(what: string, ours: () => void, theirs: () => void): Row {
  const pairs = Array.from({ length: ROUNDS }, () => [time(ours, TIMES), time(theirs, TIMES)] as const);
  const measured = Math.min(...pairs.map(([own]) => own)) / TIMES;
  const beside = Math.min(...pairs.map(([, other]) => other)) / TIMES;
  return {
    what,
    measured: describeMicroseconds(measured),
    beside: `${describeMicroseconds(beside)} (@simplewebauthn/server)`,
    ratio: measured / beside,
    bound: "≤ 0.50×",
    holds: measured / beside <= 0.5,
  };
}

function withoutBound({ bound, holds, ...row }: Row): Row {
  return row;
}

function growth(attestationObject: Uint8Array): Row {
  const decode = () => {
    decodeAttestationObject(attestationObject);
  };
  const best = (count: number) => Math.min(...Array.from({ length: 7 }, () => processorTime(decode, count)));
  const [few, many] = [best(1_000), best(10_000)];
  return {
    what: "decode 10,000 registrations, beside 1,000",
    measured: describeMilliseconds(many),
    beside: describeMilliseconds(few),
    ratio: many / few,
    bound: "≤ 15×",
    holds: many / few <= 15,
  };
}

function time(run: () => void, times: number): number {
  const start = performance.now();
  for (let count = 0; count < times; count++) run();
  return performance.now() - start;
}

/** Rounds this long are always interrupted on a busy machine; the processor's time is not. */
function processorTime(run: () => void, times: number): number {
  const start = process.cpuUsage();
  for (let count = 0; count < times; count++) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function describeMicroseconds(milliseconds: number): string {
  return `${(milliseconds * 1000).toFixed(1)} µs`;
}
