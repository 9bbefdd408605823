import { describe, expect, test } from "vitest";
import { describeCall } from "../../../panel/words/describeCall.js";
import { describeDuration, describeDurationShort } from "../../../panel/words/describeDuration.js";
import {
  describeFindingAsMarkdown,
  describeVersions,
  isSafeReference,
} from "../../../panel/words/describeFinding.js";
import { describeInitiator } from "../../../panel/words/describeInitiator.js";
import { describePlace } from "../../../panel/words/describePlace.js";
import { showControls } from "../../../panel/words/shorten.js";
import { analyze, type Call, type Finding } from "../../../src/index.js";
import { type CallDraft, call, create, get, passkey, recordingOf } from "../../support/recordings.js";

test.each([
  [0.3, "< 1 ms"],
  [2, "2 ms"],
  [994, "994 ms"],
  [999, "1.0 s"],
  [2_540, "2.5 s"],
  [41_000, "41 s"],
  [59_999, "1 min"],
  [300_000, "5 min"],
  [80_000, "1 min 20 s"],
  [3_720_000, "1 h 2 min"],
  [200_000_000, "2 days"],
  [Number.NaN, "?"],
])("%d ms: %s", (ms, words) => expect(describeDuration(ms)).toBe(words));

test.each([
  [2_540, "2.5 s"],
  [59_999, "1 min"],
  [60_000, "1.0 min"],
  [80_000, "1.3 min"],
  [3_540_000, "59 min"],
  [3_599_000, "1.0 h"],
  [86_340_000, "24 h"],
  [200_000_000, "2 days"],
  [Number.NaN, "?"],
])("%d ms in one unit: %s", (ms, words) => expect(describeDurationShort(ms)).toBe(words));

test.each([
  ["V8", "    at start (https://example.com/js/app.js?v=3:42:17)\n    at x", "app.js:42"],
  ["WebKit", "start@https://example.com/js/app.js:42:17\nglobal code@https://example.com/:1:1", "app.js:42"],
  ["a page's own script", "    at https://example.com/:9:1", "(page):9"],
  ["no address", "    at <anonymous>", undefined],
  ["none", undefined, undefined],
])("where a stack of %s begins", (_, stack, expected) => expect(describeInitiator(stack)).toBe(expected));

test.each([
  ["/arguments/0/publicKey/user/id", "publicKey.user.id"],
  ["/arguments/0/publicKey/excludeCredentials/2/transports", "publicKey.excludeCredentials[2].transports"],
  ["/arguments/0", "the call"],
  ["/outcome/value/value/response/attestationObject", "response.attestationObject"],
  ["/outcome/error/name", "error.name"],
  ["/outcome", "the outcome"],
  ["/arguments/0/publicKey/a~1b~0c", "publicKey.a/b~c"],
  ["/environment/userActivation", "environment.userActivation"],
])("%s is written %s", (pointer, words) => expect(describePlace(pointer)).toBe(words));

test.each([
  [{}, "all versions"],
  [{ since: "17.4" }, "iOS 17.4 and later"],
  [{ until: "18.3" }, "up to iOS 18.3"],
  [{ since: "17.4", until: "18.3" }, "iOS 17.4 to 18.3"],
  [{ since: "18.0", until: "18.0" }, "iOS 18.0"],
])("versions %j", (versions, words) => expect(describeVersions(versions)).toBe(words));

test("what can't be seen or turns text around is written as an escape", () => {
  expect(showControls("a\u202eb\nc\u200bd\u00a0e\u{e0041}")).toBe(
    "a\\u{202e}b\\nc\\u{200b}d\\u{a0}e\\u{e0041}",
  );
  expect(showControls("Zoë 日本 🔑")).toBe("Zoë 日本 🔑");
});

test.each([
  ["https://webkit.org/", true],
  ["http://webkit.org/", false],
  ["javascript:alert(1)", false],
  ["https://a b", false],
])("%s as a link: %s", (url, isSafe) => expect(isSafeReference({ url })).toBe(isSafe));

test("a finding as Markdown keeps a page's backticks inside a code span", () => {
  const finding: Finding = {
    ruleId: "es256-missing",
    severity: "error",
    title: "No ES256",
    experience: "It stops.",
    fix: "Add -7.",
    at: "/arguments/0/publicKey/rp/name",
    evidence: "`**x**` ``y``\n# z",
    callId: "call-0",
    relatedCallIds: [],
    versions: {},
    confidence: "documented",
    references: [
      { label: "good", url: "https://webkit.org/" },
      { label: "bad", url: "javascript:alert(1)" },
    ],
  };
  const text = describeFindingAsMarkdown(finding);
  expect(text).toContain("### Error: No ES256\n\nIt stops.\n\n**Fix:** Add -7.\n");
  expect(text).toContain("- `publicKey.rp.name`: ``` `**x**` ``y`` # z ```\n");
  expect(text).toContain("[good](https://webkit.org/)");
  expect(text).not.toContain("javascript:");

  const related = recordingOf([create()]).calls[0]!;
  expect(describeFindingAsMarkdown({ ...finding, relatedCallIds: ["call-0"] }, [related])).toMatch(
    /\n- Related: create\(\) at 2026-.* \(`call-0`\)\n/,
  );
});

describe("what happened, in one sentence", () => {
  const told = async (draft: CallDraft, parts: Partial<Call> = {}) => {
    const recording = recordingOf([draft.with(parts)]);
    const { explanations } = await analyze(recording);
    return describeCall(recording.calls[0]!, {
      provider: "Apple Passwords",
      explanation: explanations[0],
      host: "example.com",
    });
  };

  test.each<[string, CallDraft, RegExp]>([
    ["a registration", create().returns(passkey("a")), /^A passkey was created in Apple Passwords$/],
    ["a sign-in", get().returns(passkey("a")), /^A passkey was used to sign in, from Apple Passwords$/],
    ["no credential", get().returns(null), /without a credential/],
    ["waiting", get(), /^Waiting for the person$/],
    ["waiting in AutoFill", get({}, { mediation: "conditional" }), /^Waiting in AutoFill/],
    [
      "a message with one meaning",
      create().rejects("InvalidStateError"),
      /^A passkey of `excludeCredentials` is on/,
    ],
    [
      "time that ran out",
      get({ timeout: 60_000 }).rejects("NotAllowedError", { after: 60_010 }),
      /^Most likely the time ran out$/,
    ],
    ["a rejection that nothing explains well", get().rejects("OperationError"), /^Perhaps /],
    ["an error of the page's own", get().rejects("FancyError"), /^The call was rejected with FancyError$/],
    [
      "no authenticator of its own",
      call("PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable").returns(false),
      /can’t verify its user/,
    ],
  ])("%s", async (_, draft, headline) => expect((await told(draft)).headline).toMatch(headline));

  test("the page's own abort is told from every other rejection, whatever reason it gave", async () => {
    const draft = get().rejects("FancyError", { after: 900 });
    const { headline } = await told(draft, { aborted: { at: Date.UTC(2026, 0, 1) + 890, reason: "x" } });
    expect(headline).toMatch(/the page aborted the call$/i);
  });

  test("the lead names method, RP ID and error, and then says word for word what the facts tell", async () => {
    const draft = get({ rpId: "bank.example" }).rejects("NotAllowedError", { after: 4_000 });
    const { explanations } = await analyze(recordingOf([draft]));
    expect(explanations[0]?.summary).toMatch(/after 4\.0 s.*can't tell whether the person declined/);
    expect((await told(draft)).lead).toBe(
      `get() for bank.example ended in NotAllowedError. ${explanations[0]?.summary}`,
    );
  });

  test.each<[string, CallDraft]>([
    ["a sheet", get()],
    ["AutoFill", get({}, { mediation: "conditional" })],
    ["a registration", create()],
  ])("of a call that waits (%s) the lead says once that nobody can tell what was shown", async (_, draft) => {
    expect((await told(draft)).lead.match(/can['’]t tell whether anything was shown/g)).toHaveLength(1);
  });

  test("before a call was explained, its error stands for itself", () => {
    const { calls } = recordingOf([get().rejects("NotAllowedError")]);
    expect(describeCall(calls[0]!, {}).headline).toBe("The call was rejected with NotAllowedError");
  });
});
