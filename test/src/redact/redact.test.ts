import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  analyze,
  parseRecording,
  type Recording,
  redact,
  redactAndTell,
  type Snapshot,
  serializeRecording,
} from "../../../src/index.js";
import { bytes, create, get, passkey, recordingOf } from "../../support/recordings.js";
import { anySecrets, base64url, recordingWith, type Secrets } from "./anyRecording.js";
import { expectSame } from "./expectSame.js";
import { registrationAndSignIn, SAMPLES } from "./samples.js";

const PROFILES = ["pseudonymous", "minimal"] as const;

describe("masking", () => {
  test.each(PROFILES)("leaves nothing of what was secret, in whatever encoding (%s)", async (profile) => {
    const textOf = async (secrets: Secrets) =>
      everyText(await redact(recordingWith(secrets), { profile }))
        .join("\n")
        .toLowerCase();
    // A secret may happen to be a word that stands in every recording.
    const ours = await textOf(fc.sample(anySecrets, { numRuns: 1, seed: 1 })[0]!);
    await fc.assert(
      fc.asyncProperty(anySecrets, async (secrets) => {
        const forms = formsOf(secrets).map((form) => form.toLowerCase());
        const text = await textOf(secrets);
        expect(forms.filter((form) => text.includes(form) && !ours.includes(form))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test.each(PROFILES)("changes nothing of what is found (%s)", async (profile) => {
    await fc.assert(
      fc.asyncProperty(anySecrets, async (secrets) => {
        await expectSame(recordingWith(secrets), profile);
      }),
      { numRuns: 60 },
    );
  });

  test("of a masked recording changes nothing", async () => {
    for (const { recording } of SAMPLES) {
      const masked = await redact(recording());
      expect(await redact(masked)).toBe(masked);
      const minimal = await redact(masked, { profile: "minimal" });
      expect(minimal.redaction?.profile).toBe("minimal");
      expect(await redact(minimal, { profile: "pseudonymous" })).toBe(minimal);
    }
  });

  test("gives the same value the same pseudonym, as bytes and as text", async () => {
    await fc.assert(
      fc.asyncProperty(anySecrets, async (secrets) => {
        const { calls } = await redact(recordingWith(secrets));
        const json = calls[0]!.arguments[0] as Json;
        const options = (calls[1]!.arguments[0] as Json).publicKey as Json;
        const [, , , , details, accepted] = calls.map(({ arguments: [first] }) => first as Json);
        expect((json.user as Json).id).toBe(bytesOf((options.user as Json).id));
        expect(details!.userId).toBe(bytesOf((options.user as Json).id));
        expect(details!.name).toBe((options.user as Json).name);
        expect(json.challenge).toBe(bytesOf(options.challenge));
        const [excluded] = options.excludeCredentials as Json[];
        expect(accepted!.allAcceptedCredentialIds).toEqual([bytesOf(excluded!.id)]);
        expect(Object.keys(((options.extensions as Json).prf as Json).evalByCredential as Json)).toEqual([
          bytesOf(excluded!.id),
        ]);
      }),
      { numRuns: 50 },
    );
  });

  test("gives other pseudonyms every time, so that no guess can be checked", async () => {
    const recording = recordingWith(fc.sample(anySecrets, { numRuns: 1, seed: 7 })[0]!);
    const [one, other] = [await redact(recording), await redact(recording)];
    const nameIn = ({ calls }: Recording) => ((calls[1]!.arguments[0] as Json).publicKey as Json).user;
    expect(nameIn(one)).not.toEqual(nameIn(other));
  });

  test("keeps different values different, however short and many", async () => {
    const calls = Array.from({ length: 300 }, (_, index) =>
      create({ user: { id: Uint8Array.of(index >> 8, index & 255), name: `u${index}`, displayName: "" } }),
    );
    const masked = await redact(recordingOf(calls));
    const users = masked.calls.map((call) => ((call.arguments[0] as Json).publicKey as Json).user as Json);
    expect(new Set(users.map(({ name }) => name)).size).toBe(300);
    expect(new Set(users.map(({ id }) => bytesOf(id))).size).toBe(300);
  });

  test("masks bytes that are a text of marks alone, or of one letter", async () => {
    const challenges = [..." @ABCDEFabcdef"].map((letter) => new TextEncoder().encode(letter.repeat(32)));
    const masked = await redact(recordingOf(challenges.map((challenge) => get({ challenge }))));
    masked.calls.forEach((call, index) => {
      const { challenge } = (call.arguments[0] as Json).publicKey as Json;
      expect(bytesOf(challenge)).not.toBe(Buffer.from(challenges[index]!).toString("base64url"));
    });
  });

  test("keeps lengths", async () => {
    await fc.assert(
      fc.asyncProperty(anySecrets, async (secrets) => {
        // A ligature, say, may become two letters, so that the name is the same as the one written with them;
        // so may a capital letter that takes fewer bytes than the small one.
        const texts = [secrets.name, secrets.displayName, secrets.remark];
        fc.pre(
          texts.every(
            (text) =>
              text.normalize("NFKC") === text &&
              Buffer.byteLength(text) === Buffer.byteLength(text.toLowerCase()),
          ),
        );
        const before = recordingWith(secrets);
        const after = await redact(before);
        expect(lengthsOf(after.calls[1]!.arguments[0]!)).toEqual(lengthsOf(before.calls[1]!.arguments[0]!));
      }),
      { numRuns: 50 },
    );
  });

  test("masks hosts with the profile minimal alone, and keeps who belongs to whom", async () => {
    const recording = registrationAndSignIn({}, { origin: "https://login.example.com" });
    const [kept, masked] = [await redact(recording), await redact(recording, { profile: "minimal" })];
    expect(kept.realms[0]!.origin).toBe("https://login.example.com");
    expect(masked.realms[0]!.origin).toMatch(/^https:\/\/[a-z]{5}\.[a-z]{7}\.com$/);
    expect(serializeRecording(masked)).not.toContain("example");
    const { ceremonies } = await analyze({ ...masked, redaction: { ...masked.redaction!, verdicts: {} } });
    const rpIdHash = ceremonies[0]!.verdicts.find(({ check }) => check === "rp-id-hash");
    expect(rpIdHash).toMatchObject({ outcome: "pass" });
  });

  test.each(PROFILES)("finds nothing more where the page's origin is opaque (%s)", async (profile) => {
    const recording = registrationAndSignIn({});
    const realms = recording.realms.map((realm) => ({ ...realm, origin: "null" }));
    const masked = await expectSame({ ...recording, realms }, profile);
    expect(masked.realms[0]!.origin).toBe("null");
  });

  test("carries along what can't be verified any more", async () => {
    const masked = await redact(registrationAndSignIn({ attestation: "packed" }));
    const outcomeOf = (verdicts: readonly { check: string; outcome: string }[]) =>
      verdicts.find(({ check }) => check === "signature")?.outcome;
    const [, kept] = (await analyze(masked)).ceremonies;
    expect(outcomeOf(kept!.verdicts)).toBe("pass");
    const [, again] = (await analyze({ ...masked, redaction: { ...masked.redaction!, verdicts: {} } }))
      .ceremonies;
    expect(outcomeOf(again!.verdicts)).not.toBe("pass");
  });

  test("tells what it masked, as often as it did", async () => {
    const user = { id: bytes(16, 9), name: "ada@example.com", displayName: "Ada" };
    const recording = recordingOf([create({ user }).returns(passkey("A")), create({ user }), get()]);
    const { recording: masked, values } = await redactAndTell(recording);
    const name = values.find(({ original }) => original === "ada@example.com")!;
    expect(name).toMatchObject({ kind: "user name", count: 2 });
    expect(serializeRecording(masked).split(JSON.stringify(name.masked))).toHaveLength(3);
    for (const { original, masked: now } of values) expect(now).not.toBe(original);
    for (const { original, kind } of values)
      if (kind === "credential ID") expect(serializeRecording(masked)).not.toContain(original);
  });

  test("gives a recording that opens again", async () => {
    for (const { recording } of SAMPLES)
      for (const profile of PROFILES) {
        const masked = await redact(recording(), { profile });
        const { recording: read, problems } = parseRecording(serializeRecording(masked));
        expect(read).toEqual(masked);
        expect(problems).toEqual([]);
      }
  });

  test("keeps a browser's words, and masks what a page put beside them", async () => {
    const [said, name] = ["The operation either timed out or was not allowed.", "not"];
    const recording = recordingOf([
      create({ user: { name } }).rejects("NotAllowedError", { message: `${said} Ask not ada@example.com.` }),
    ]);
    const { outcome } = (await redact(recording)).calls[0]!;
    const { message } = (outcome as Extract<typeof outcome, { status: "rejected" }>).error;
    expect(message).toMatch(new RegExp(`^${said} Ask [a-z]{3} [a-z]{3}@`));
    expect(message).not.toMatch(/ Ask not|ada@/);
  });

  test("keeps what says nothing of anybody", async () => {
    const recording = recordingOf([create({}, { mediation: "conditional" }).rejects("NotAllowedError")]);
    const [masked, original] = [await redact(recording), recording].map(({ calls, realms }) => ({
      call: calls[0]!,
      realm: realms[0]!,
    }));
    expect(masked!.realm).toEqual(original!.realm);
    expect(masked!.call.outcome).toEqual(original!.call.outcome);
    expect(masked!.call.environment).toEqual(original!.call.environment);
    const [now, before] = [masked!, original!].map(
      ({ call }) => (call.arguments[0] as Json).publicKey as Json,
    );
    for (const member of [
      "rp",
      "pubKeyCredParams",
      "timeout",
      "authenticatorSelection",
      "attestation",
      "extensions",
    ])
      expect(now![member]).toEqual(before![member]);
  });
});

type Json = { [member: string]: Snapshot };

function bytesOf(snapshot: Snapshot | undefined): string {
  return (snapshot as { base64url: string }).base64url;
}

/** Texts in which a secret would still be one: long enough not to be there by chance. */
function formsOf({
  name,
  displayName,
  remark,
  query,
  userId,
  credentialId,
  challenge,
  salt,
}: Secrets): string[] {
  const texts = [name, displayName, remark, query].filter(
    (text) => (text.match(/[\p{L}\p{N}]/gu) ?? []).length >= 4,
  );
  const values = [userId, credentialId, challenge, salt].filter(
    (value) => value.length >= 6 && new Set(value).size > 2,
  );
  return [
    ...texts.flatMap((text) => [
      text,
      encodeURIComponent(text),
      ...encodings(new TextEncoder().encode(text)),
    ]),
    ...values.flatMap(encodings),
  ];
}

function encodings(value: Uint8Array): string[] {
  const buffer = Buffer.from(value);
  return [base64url(value), buffer.toString("hex"), buffer.toString("base64").replace(/=+$/, "")];
}

/** Names and texts of members, and what bytes say as text. */
function everyText(value: unknown): string[] {
  if (typeof value === "string") return [value, Buffer.from(value, "base64url").toString("utf8")];
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.entries(value).flatMap(([name, member]) => [name, ...everyText(member)]);
}

function lengthsOf(snapshot: Snapshot): unknown {
  if (typeof snapshot === "string") return snapshot.length;
  if (typeof snapshot !== "object" || snapshot === null) return snapshot;
  if (Array.isArray(snapshot)) return snapshot.map(lengthsOf);
  return Object.entries(snapshot).map(([name, value]) => [name.length, lengthsOf(value as Snapshot)]);
}
