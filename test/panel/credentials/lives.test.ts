import { expect, test } from "vitest";
import { livesOf } from "../../../panel/credentials/lives.js";
import { OngoingAnalysis, type Recording } from "../../../src/index.js";
import {
  bytes,
  type CallDraft,
  call,
  create,
  credentialId,
  descriptor,
  get,
  passkey,
  recordingOf,
} from "../../support/recordings.js";
import { knownOf } from "../store/knownOf.js";

const USER = { user: { id: bytes(16, 1) } };
const base64url = (content: Uint8Array) => Buffer.from(content).toString("base64url");
const signal = (
  api: "signalUnknownCredential" | "signalAllAcceptedCredentials",
  members: object,
): CallDraft => call(`PublicKeyCredential.${api}`, { rpId: "example.com", ...members }).returns(undefined);

async function livesIn(recording: Recording) {
  const ongoing = new OngoingAnalysis();
  ongoing.follow(recording);
  await ongoing.advance();
  return livesOf(recording.calls, ongoing.credentials(), await knownOf(recording));
}
const told = async (...drafts: CallDraft[]) =>
  (await livesIn(recordingOf(drafts))).map(({ events }) =>
    events.map(({ call, what }) => `${what} ${call.id}`).join(", "),
  );

test("a credential is registered, used, listed and replaced", async () => {
  expect(
    await told(
      create(USER).returns(passkey("a")),
      get().returns(passkey("a")),
      get({ allowCredentials: [descriptor("a")] }).rejects("NotAllowedError"),
      create(USER).returns(passkey("b")),
    ),
  ).toEqual(["registered call-0, used call-1, listed call-2, overwritten call-3", "registered call-3"]);
});

test("one that the page calls unknown is signalled away, until it is used again", async () => {
  const away = signal("signalUnknownCredential", { credentialId: base64url(credentialId("a")) });
  const [life] = await livesIn(recordingOf([create(USER).returns(passkey("a")), away]));
  expect(life?.signalledAway?.id).toBe("call-1");
  const [again] = await livesIn(
    recordingOf([create(USER).returns(passkey("a")), away, get().returns(passkey("a"))]),
  );
  expect(again?.signalledAway).toBeUndefined();
  expect(again?.events.map(({ what }) => what)).toEqual(["registered", "signalled away", "used"]);
});

test("those that are not in the list of an account are signalled away, those in it are not", async () => {
  const kept = signal("signalAllAcceptedCredentials", {
    userId: base64url(bytes(16, 1)),
    allAcceptedCredentialIds: [base64url(credentialId("b"))],
  });
  const lives = await livesIn(
    recordingOf([
      create(USER).returns(passkey("a")),
      get().returns(passkey("b", { userHandle: bytes(16, 1) })),
      kept,
    ]),
  );
  expect(lives.map(({ signalledAway }) => signalledAway?.id)).toEqual(["call-2", undefined]);
});

test("transports, flags and sign counts are those that came back", async () => {
  const [life] = await livesIn(
    recordingOf([
      create(USER).returns(passkey("a", { signCount: 3 })),
      get().returns(passkey("a", { signCount: 7 })),
    ]),
  );
  expect(life?.signCounts).toEqual([3, 7]);
  expect(life?.transports).toContain("internal");
  expect(life?.flags?.userPresent).toBe(true);
});
