import fc from "fast-check";
import type { Recording } from "../../../src/index.js";
import { call, create, descriptor, get, passkey, recordingOf, safari } from "../../support/recordings.js";

/** What nobody but the person and the site may know, as a page would use it. */
export interface Secrets {
  name: string;
  displayName: string;
  userId: Uint8Array;
  credentialId: Uint8Array;
  challenge: Uint8Array;
  salt: Uint8Array;
  query: string;
  remark: string;
}

const word = fc.oneof(
  fc.stringMatching(/^[a-z]{6,9}$/),
  fc.stringMatching(/^[A-Z][a-zéüñø]{4,9}$/),
  fc.stringMatching(/^[一-龥]{4,6}$/),
);

const name = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(word, word).map(([user, host]) => `${user}@${host}.example`) },
  fc.tuple(word, word).map((words) => words.join(" ")),
  fc.uuid(),
  fc.stringMatching(/^\+49 1[0-9]{2} [0-9]{7}$/),
  fc.stringMatching(/^[A-Za-z0-9_-]{22,30}$/),
  fc.stringMatching(/^[0-9a-f]{24}$/),
  fc.string({ unit: "grapheme", minLength: 6, maxLength: 20 }),
);

const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((each) => new Uint8Array(each));

/** Handles as sites have them: random, a text, a number, zeros. */
const handle = fc.oneof(
  bytes(8, 64),
  name.map((text) => new TextEncoder().encode(text).slice(0, 64)),
  fc.integer({ min: 1, max: 1e9 }).map((number) => new TextEncoder().encode(String(number))),
  fc.constantFrom(new Uint8Array(16), new Uint8Array(8).fill(0x61)),
);

export const anySecrets: fc.Arbitrary<Secrets> = fc.record({
  name,
  displayName: name,
  userId: handle,
  credentialId: bytes(16, 80),
  challenge: bytes(8, 64),
  salt: bytes(16, 40),
  query: word,
  remark: name,
});

/** A recording in which every secret stands at every place where one can. */
export function recordingWith(secrets: Secrets): Recording {
  const { name, displayName, userId, credentialId, challenge, salt, query, remark } = secrets;
  const id = base64url(credentialId);
  const handle = base64url(userId);
  const created = passkey("A", { userHandle: userId, transports: ["internal"] });
  const recording = recordingOf(
    [
      call("PublicKeyCredential.parseCreationOptionsFromJSON", {
        challenge: base64url(challenge),
        user: { id: handle, name, displayName },
        excludeCredentials: [{ id, type: "public-key" }],
      }).returns({ challenge, user: { id: userId, name, displayName } }),
      create({
        user: {
          id: userId,
          name,
          displayName,
          email: name,
          icon: `https://example.com/${encodeURIComponent(name)}.png`,
        },
        challenge,
        excludeCredentials: [{ type: "public-key", id: credentialId }],
        extensions: {
          prf: { eval: { first: salt }, evalByCredential: { [id]: { first: salt } } },
          largeBlob: { support: "required", write: salt },
          somethingNew: { who: name, remark, list: [displayName, id, handle], [name]: 1 },
        },
      })
        .returns(created)
        .with({
          initiator: `at ${query}Login (https://example.com/${query}/app.js?user=${encodeURIComponent(name)}:1:2)`,
        }),
      create({ user: { id: userId, name: name.toUpperCase(), displayName } }).rejects("NotAllowedError", {
        message: `The user ${name} (${handle}) has ${id} already, see https://example.com/?q=${query}`,
      }),
      get({ allowCredentials: [{ type: "public-key", id: credentialId }, descriptor("A")] }).returns(
        passkey("A", { userHandle: userId }),
      ),
      call("PublicKeyCredential.signalCurrentUserDetails", {
        rpId: "example.com",
        userId: handle,
        name,
        displayName,
      }),
      call("PublicKeyCredential.signalAllAcceptedCredentials", {
        rpId: "example.com",
        userId: handle,
        allAcceptedCredentialIds: [id],
      }),
    ],
    { browser: safari("18.3") },
  );
  const [realm] = recording.realms;
  realm!.url = `https://example.com/u/${encodeURIComponent(name)}/${handle}?${query}=${encodeURIComponent(displayName)}#${id}`;
  return recording;
}

export function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
