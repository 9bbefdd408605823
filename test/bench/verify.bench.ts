import { verifyAuthenticationResponse, verifyRegistrationResponse } from "@simplewebauthn/server";
import { Fido2Lib } from "fido2-lib";
import { analyze, encodeBase64url } from "../../dist/engine/index.js";
import { readCeremony } from "../../src/ceremony/readCeremony.js";
import { verifyCeremonies } from "../../src/ceremony/verifyCeremonies.js";
import { realmOf } from "../../src/recording/realmOf.js";
import { create, get, recordingOf } from "../support/recordings.js";
import { SoftwareAuthenticator } from "../support/softwareAuthenticator.js";
import { describeMilliseconds } from "./describeMilliseconds.js";
import { median } from "./median.js";
import type { Bench, Row } from "./row.js";

const ROUNDS = 9;
const TIMES = 40;
const FEW = 1_000;
const MANY = 10_000;
const ORIGIN = "https://example.com";
/** fido2-lib knows no newer ones. */
const ES256 = [{ type: "public-key", alg: -7 }];

/**
 * Verifying the same ceremonies, by Keyhole (which decodes with offsets, judges every step, and runs its rules
 * besides) and by two libraries that servers use; in turns.
 */
const verify: Bench = async () => {
  const pairs = Array.from({ length: TIMES }, (_, index) => ceremony(index));
  const fido2 = new Fido2Lib({ rpId: "example.com" });
  const keys = new Map<Pair, { simple: WebAuthnKey; fido2: string }>();
  for (const pair of pairs) keys.set(pair, await register(pair, fido2));

  return [
    await compare("verify a registration without attestation, decoding and rules included", {
      keyhole: () => analyzeLog(pairs.map(({ made }) => made())),
      simple: () => each(pairs, registerBySimple),
      fido2: () => each(pairs, (pair) => registerByFido2(pair, fido2)),
    }),
    await compare("verify a sign-in, decoding and rules included", {
      keyhole: async () => {
        const both = await analyzeLog(pairs.flatMap(({ made, used }) => [made(), used()]));
        return both - (await analyzeLog(pairs.map(({ made }) => made())));
      },
      simple: () => each(pairs, (pair) => signInBySimple(pair, keys.get(pair)!.simple)),
      fido2: () => each(pairs, (pair) => signInByFido2(pair, keys.get(pair)!.fido2, fido2)),
    }),
    await growth(pairs),
  ];
};

export default verify;

type Pair = ReturnType<typeof ceremony>;
type WebAuthnKey = NonNullable<
  Awaited<ReturnType<typeof verifyRegistrationResponse>>["registrationInfo"]
>["credential"];

/** A registration and a sign-in with a key of their own. */
function ceremony(index: number) {
  const authenticator = new SoftwareAuthenticator({ counts: true });
  const challenge = new Uint8Array(32).fill(index + 1);
  const user = { id: new Uint8Array(16).fill(index + 1), name: `user ${index}`, displayName: "" };
  const creation = create({ challenge, user, pubKeyCredParams: ES256 });
  const request = get({ challenge });
  const registration = authenticator.create(creation.args[0], { origin: ORIGIN });
  const authentication = authenticator.get(request.args[0], { origin: ORIGIN });
  return {
    challenge: encodeBase64url(challenge),
    registration: registration.json,
    authentication: authentication.json,
    // New calls each time: what was verified once is remembered.
    made: () =>
      create({ challenge, user, pubKeyCredParams: ES256 }).returns(structuredClone(registration.snapshot)),
    used: () => get({ challenge }).returns(structuredClone(authentication.snapshot)),
  };
}

async function register(pair: Pair, fido2: Fido2Lib) {
  const { registrationInfo } = await registerBySimple(pair);
  const { authnrData } = await registerByFido2(pair, fido2);
  return { simple: registrationInfo!.credential, fido2: authnrData.get("credentialPublicKeyPem") as string };
}

const registerBySimple = ({ registration, challenge }: Pair) =>
  verifyRegistrationResponse({
    response: registration,
    expectedChallenge: challenge,
    expectedOrigin: ORIGIN,
    expectedRPID: "example.com",
  });

async function signInBySimple({ authentication, challenge }: Pair, credential: WebAuthnKey): Promise<void> {
  const { verified } = await verifyAuthenticationResponse({
    response: authentication,
    expectedChallenge: challenge,
    expectedOrigin: ORIGIN,
    expectedRPID: "example.com",
    credential,
  });
  if (!verified) throw new Error("@simplewebauthn/server refuses what is genuine");
}

const bufferOf = (base64url: string) => new Uint8Array(Buffer.from(base64url, "base64url")).buffer;

const registerByFido2 = ({ registration, challenge }: Pair, fido2: Fido2Lib) =>
  fido2.attestationResult(
    {
      id: bufferOf(registration.id),
      rawId: bufferOf(registration.rawId),
      response: {
        attestationObject: registration.response.attestationObject,
        clientDataJSON: registration.response.clientDataJSON,
      },
    },
    { challenge, origin: ORIGIN, factor: "either" },
  );

const signInByFido2 = ({ authentication, challenge }: Pair, publicKey: string, fido2: Fido2Lib) =>
  fido2.assertionResult(
    {
      id: bufferOf(authentication.id),
      rawId: bufferOf(authentication.rawId),
      response: {
        authenticatorData: bufferOf(authentication.response.authenticatorData),
        clientDataJSON: authentication.response.clientDataJSON,
        signature: authentication.response.signature,
        ...(authentication.response.userHandle && { userHandle: authentication.response.userHandle }),
      },
    },
    {
      challenge,
      origin: ORIGIN,
      factor: "either",
      publicKey,
      prevCounter: 0,
      userHandle: authentication.response.userHandle ?? null,
    },
  );

/** Milliseconds of the processor for all of them. */
async function each<Item>(items: readonly Item[], run: (item: Item) => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  for (const item of items) await run(item);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** The calls as one log. */
function analyzeLog(calls: Parameters<typeof recordingOf>[0]): Promise<number> {
  return each([recordingOf(calls)], async (recording) => {
    const { ceremonies } = await analyze(recording);
    for (const { verdicts } of ceremonies)
      if (verdicts.length === 0 || verdicts.some(({ outcome }) => outcome === "fail"))
        throw new Error("Keyhole refuses what is genuine");
  });
}

/** The verification steps alone: accounts register, and go on signing in. */
async function growth(pairs: readonly Pair[]): Promise<Row> {
  const time = async (amount: number) => {
    const recording = recordingOf(pairs.flatMap(({ made, used }) => [made(), used()]));
    const models = recording.calls;
    recording.calls = Array.from({ length: amount }, (_, index) => {
      const model = models[index] ?? models[(index % pairs.length) * 2 + 1]!;
      return { ...structuredClone(model), id: `call-${index}`, seq: index };
    });
    const realmFor = realmOf(recording);
    const ceremonies = recording.calls.map((call) => readCeremony(call, realmFor(call)));
    return each([recording], async () => {
      const verified = await verifyCeremonies(recording, ceremonies);
      if (verified.some(({ verdicts }) => verdicts.length === 0)) throw new Error("a call was not verified");
    });
  };
  const times: [few: number, many: number][] = [];
  for (let round = 0; round < 3; round++) times.push([await time(FEW), await time(MANY)]);
  const [few, many] = [median(times.map(([it]) => it)), median(times.map(([, it]) => it))];
  return {
    what: `verify ${MANY.toLocaleString("en")} answers, decoded before (${Math.round(MANY / (many / 1_000)).toLocaleString("en")} a second), processor time, beside ${FEW.toLocaleString("en")}`,
    measured: describeMilliseconds(many),
    beside: describeMilliseconds(few),
    ratio: many / few,
    bound: "≤ 13×",
    holds: many / few <= 13,
  };
}

async function compare(
  what: string,
  by: { keyhole(): Promise<number>; simple(): Promise<number>; fido2(): Promise<number> },
): Promise<Row> {
  const rounds = { keyhole: [] as number[], simple: [] as number[], fido2: [] as number[] };
  for (let round = 0; round < ROUNDS; round++)
    for (const name of ["keyhole", "simple", "fido2"] as const) rounds[name].push((await by[name]()) / TIMES);
  const [keyhole, simple, fido2] = [median(rounds.keyhole), median(rounds.simple), median(rounds.fido2)];
  return {
    what: `${what}, processor time`,
    measured: describeMilliseconds(keyhole),
    beside: `${describeMilliseconds(simple)} (@simplewebauthn/server)`,
    ratio: keyhole / simple,
    others: `${describeMilliseconds(fido2)} (fido2-lib)`,
  };
}
