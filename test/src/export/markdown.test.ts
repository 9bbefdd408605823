import { expect, test } from "vitest";
import { type Analysis, analyze, type Call, type Finding, toMarkdown } from "../../../src/index.js";
import { create, passkey, recordingOf, safari } from "../../support/recordings.js";

test("the report names what was found, where, what it means and what to change", () => {
  const report = toMarkdown(
    analysisOf({
      calls: [call({ id: "a" }), call({ id: "b" })],
      findings: [
        finding({
          callId: "b",
          at: "/arguments/0/publicKey/user/id",
          evidence: "AAAA",
          relatedCallIds: ["a"],
        }),
      ],
    }),
  );
  expect(report).toContain("error: 1, warning: 0, info: 0");
  expect(report).toContain("### error: The first passkey is overwritten");
  expect(report).toContain("- Call 2, `/arguments/0/publicKey/user/id`: `AAAA` (see call 1)");
  expect(report).toContain("**On the iPhone:** It is gone.");
  expect(report).toContain("**What to change:** Use excludeCredentials.");
  expect(report).toContain(
    "`some-rule`, iOS 15 and later, documented. Sources: [A source](<https://example.com/>)",
  );
});

test("one rule in many calls is told once, the gravest first", () => {
  const report = toMarkdown(
    analysisOf({
      calls: [call({ id: "a" }), call({ id: "b" })],
      findings: [
        finding({ callId: "a", ruleId: "mild", severity: "info", title: "Mild" }),
        finding({ callId: "a" }),
        finding({ callId: "b" }),
      ],
    }),
  );
  expect(report.match(/^### .*$/gm)).toEqual([
    "### error: The first passkey is overwritten",
    "### info: Mild",
  ]);
  expect(report.match(/^- Call \d/gm)).toEqual(["- Call 1", "- Call 2", "- Call 1"]);
});

test("a recording without calls is a report all the same", () => {
  expect(toMarkdown(analysisOf({}))).toBe(
    "# Keyhole report\n\nRecorded by `Keyhole 0.1.0`, `2026-01-01T00:00:00Z`. Calls: 0. Findings: error: 0, warning: 0, info: 0.\n",
  );
});

test("calls that were lost are said", () => {
  expect(toMarkdown(analysisOf({ lostCalls: 12 }))).toContain(
    "Calls: 0, and 12 earlier ones that were lost.",
  );
});

test("text from a page can neither format the report nor put markup into it", () => {
  const hostile = "](javascript:x) <img src=x onerror=y> | a `b` ``c`` \n## heading\n- item";
  const report = toMarkdown(
    analysisOf({
      calls: [
        call({
          id: "a",
          startedAt: 1e300,
          outcome: { status: "rejected", error: { name: hostile, message: hostile, isDOMException: false } },
        }),
      ],
      findings: [finding({ callId: "a", evidence: hostile, at: hostile })],
    }),
  );
  const outsideCode = report.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
  expect(outsideCode).not.toMatch(/img|javascript|item/);
  expect(report.match(/^##? .*$/gm)).toEqual(["# Keyhole report", "## Calls", "## Findings"]);
  const [row] = report.split("\n").filter((line) => line.startsWith("| 1 |"));
  expect(row?.match(/(?<!\\)\|/g)).toHaveLength(8);
});

test("a page's text makes a tracker link, mention or refer to nothing", () => {
  const text = "@someone see #12 at https://evil.example/";
  const error = { name: text, message: text, isDOMException: true };
  const report = toMarkdown(
    analysisOf({
      calls: [call({ id: "a", outcome: { status: "rejected", error } })],
      findings: [finding({ callId: "a", evidence: text })],
    }),
  );
  expect(report.replace(/`[^`]*`/g, "")).not.toMatch(/@someone|#12|evil/);
});

test("an address is told without its query and fragment, and long texts are cut", () => {
  const analysis = analysisOf({ findings: [finding({ callId: "a", evidence: "x".repeat(10_000) })] });
  const [realm] = recordingOf([create()]).realms;
  analysis.recording.realms.push({ ...realm!, url: "https://example.com/reset?token=secret#me" });
  const report = toMarkdown(analysis);
  expect(report).toContain("`https://example.com/reset`");
  expect(report).not.toContain("secret");
  expect(report.length).toBeLessThan(2_000);
});

test("a rule that bites in a hundred calls is told by the first ten", () => {
  const report = toMarkdown(
    analysisOf({ findings: Array.from({ length: 100 }, () => finding({ callId: "a" })) }),
  );
  expect(report.match(/^- Call/gm)).toHaveLength(10);
  expect(report).toContain("- and 90 more");
});

test("code in our own sentences stays code", () => {
  const report = toMarkdown(
    analysisOf({ findings: [finding({ callId: "a", fix: "Set `rp.id` to *this*." })] }),
  );
  expect(report).toContain("**What to change:** Set `rp.id` to \\*this\\*.");
});

test("what could not be told is said once for each reason", () => {
  const undecided = ["a", "b"].map((callId) => ({
    ruleId: "some-rule",
    callId,
    title: "It is lost",
    why: "Nothing tells.",
    reason: "untold",
  }));
  const report = toMarkdown({ ...analysisOf({ calls: [call({ id: "a" }), call({ id: "b" })] }), undecided });
  expect(report).toContain("- It is lost? Nothing tells. (`some-rule`, call 1, call 2)");
});

test("the report on a real story names the calls and what was found", async () => {
  const recording = recordingOf([create().returns(passkey("A")), create().returns(passkey("B"))], {
    browser: safari("26.1"),
  });
  const report = toMarkdown(await analyze(recording));
  expect(report).toContain("### error: The new passkey replaced the account's earlier one");
  expect(report).toMatch(/^- Call 2, `\/arguments\/0\/publicKey\/user\/id`: .* \(see call 1\)$/m);
  expect(report).not.toContain("alice");
});

function analysisOf({
  calls = [],
  findings = [],
  lostCalls,
}: {
  calls?: Call[];
  findings?: Finding[];
  lostCalls?: number;
}): Analysis {
  return {
    recording: {
      format: "keyhole-recording",
      version: 1,
      createdBy: { name: "Keyhole", version: "0.1.0" },
      createdAt: "2026-01-01T00:00:00Z",
      ...(lostCalls !== undefined && { lostCalls }),
      realms: [],
      calls,
    },
    ceremonies: [],
    findings,
    undecided: [],
    credentials: [],
    explanations: [],
  };
}

const call = (members: Partial<Call> & { id: string }): Call => ({
  realmId: "r",
  seq: 0,
  api: "credentials.create",
  startedAt: 0,
  environment: { hasFocus: true, visibility: "visible" },
  arguments: [],
  outcome: { status: "pending" },
  ...members,
});

const finding = (members: Partial<Finding> & { callId: string }): Finding => ({
  ruleId: "some-rule",
  severity: "error",
  title: "The first passkey is overwritten",
  experience: "It is gone.",
  fix: "Use excludeCredentials.",
  at: "",
  evidence: "",
  relatedCallIds: [],
  versions: { since: "15" },
  confidence: "documented",
  references: [{ label: "A source", url: "https://example.com/" }],
  ...members,
});
