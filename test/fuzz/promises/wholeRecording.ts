// For which -0 is 0, as it is in JSON.
import { deepEqual } from "node:assert";
import assert from "node:assert/strict";
import { createContext, Script } from "node:vm";
import { type MarkedToken, marked, type Token } from "marked";
import { resultOf } from "../../../src/ceremony/readCeremony.js";
import {
  type Analysis,
  analyze,
  compareRecordings,
  describeDifference,
  EXPORT_FORMATS,
  forecast,
  locateBytes,
  parseRecording,
  type Recording,
  RULES,
  redact,
  serializeRecording,
  toComparisonMarkdown,
} from "../../../src/index.js";
import { sentencesOf } from "../../../src/verify/judgeSteps.js";
import { whatIsSaid } from "../../support/whatIsSaid.js";

/** Whatever parses can be kept, judged, compared, exported and masked, and harms nobody in any form. */
export async function assertWhole(recording: Recording, other: Recording): Promise<void> {
  assertLossless(recording);
  const analysis = await analyze(recording);
  assertJudged(analysis);
  const generations = await forecast(recording);
  for (const { outlooks } of generations) assert.equal(outlooks.length, recording.calls.length);
  assertCompared(recording, other);
  for (const { id, write } of EXPORT_FORMATS) {
    const judged = { ...analysis, forecast: generations };
    const text = write({ recording, judged, viewer: VIEWER });
    CHECKS[id]?.(text);
  }
  await assertMasked(recording);
}

function assertLossless(recording: Recording): void {
  const text = serializeRecording(recording);
  deepEqual(parseRecording(text).recording, recording, "what was written is not what is read");
}

function assertJudged({ recording, ceremonies, findings, undecided }: Analysis): void {
  assert.equal(ceremonies.length, recording.calls.length);
  const calls = new Map(recording.calls.map((call) => [call.id, call]));
  for (const { callId, verdicts } of ceremonies)
    for (const verdict of verdicts) {
      assert(sentencesOf(verdict)?.[0]?.id !== "broken", verdict.because);
      assertPlace(calls.get(callId)!, verdict);
    }
  for (const { why } of undecided) assert(!/^The rule \S+ is broken/.test(why), why);
  for (const finding of findings) assertPlace(calls.get(finding.callId)!, finding);
}

function assertPlace(call: Recording["calls"][number], subject: Parameters<typeof locateBytes>[1]): void {
  const place = locateBytes(call, subject);
  if (!place) return;
  const bytes = resultOf(call)?.member("response", place.buffer).bytes();
  assert(
    bytes && place.offset >= 0 && place.offset + place.length <= bytes.length,
    `${place.path} lies outside`,
  );
}

function assertCompared(recording: Recording, other: Recording): void {
  const twin = parseRecording(serializeRecording(recording)).recording!;
  for (const { a, b, differences } of compareRecordings({ recording }, { recording: twin })) {
    assert(a && b, "a call has no counterpart in its copy");
    assert.deepEqual(
      differences.filter(({ weight }) => weight === "decisive"),
      [],
      "a call decides against its copy",
    );
  }
  for (const { differences } of [
    ...compareRecordings({ recording }, { recording: other }),
    ...compareRecordings({ recording: other }, { recording }),
  ]) {
    for (const difference of differences) describeDifference(difference);
    assertMarkdown(toComparisonMarkdown({ a: "A", b: "B" }, differences));
  }
}

async function assertMasked(recording: Recording): Promise<void> {
  // Bytes that are not what they should be keep no places.
  const said = async (each: Recording) => ({ ...(await whatIsSaid(each)), places: [] });
  const before = await said(recording);
  for (const profile of ["pseudonymous", "minimal"] as const) {
    const masked = await redact(recording, { profile });
    assert.deepEqual(await said(masked), before, `masking (${profile}) changes what is found`);
    deepEqual(parseRecording(serializeRecording(masked)).recording, masked);
  }
}

const VIEWER =
  '<!doctype html><script type="application/json" id="keyhole-recording"></script><script>1</script>';

const CHECKS: { readonly [format: string]: (text: string) => void } = {
  report: assertMarkdown,
  html: assertHtml,
  "webauthn-json": (text) => void JSON.parse(text),
  javascript: assertJavaScript,
};

/** Nothing of the recording ends the element that it stands in, or begins another. */
function assertHtml(text: string): void {
  const [before, after] = VIEWER.split("</script><script>1") as [string, string];
  assert(text.startsWith(before) && text.endsWith(`</script><script>1${after}`));
  const inside = text.slice(before.length, -`</script><script>1${after}`.length);
  assert(!/[<>&\u2028\u2029]/.test(inside), "markup in the recording's element");
}

const LINKS = new Set(RULES.flatMap(({ references }) => references.map(({ url }) => url)));

/** A parser of Markdown sees no markup, no picture, and no link but those of the rules; words of the page in code alone. */
function assertMarkdown(text: string): void {
  const visit = (token: MarkedToken): void => {
    assert(token.type !== "html", `markup in Markdown: ${token.raw.slice(0, 200)}`);
    assert(token.type !== "image", `a picture in Markdown: ${token.raw.slice(0, 200)}`);
    assert(token.type !== "code", `a block of code in Markdown: ${token.raw.slice(0, 200)}`);
    if (token.type === "link")
      assert(LINKS.has(token.href.replaceAll("&amp;", "&")), `a link to ${token.href}`);
    if (token.type === "text" && !token.tokens) assert(!/keyholeFuzzed/.test(token.text), token.text);
    const inside =
      token.type === "table" ? [...token.header, ...token.rows.flat()].flatMap((cell) => cell.tokens) : [];
    const items = token.type === "list" ? token.items : [];
    for (const each of [...inside, ...items, ...("tokens" in token ? (token.tokens ?? []) : [])])
      visit(each as MarkedToken);
  };
  for (const token of marked.lexer(text) as Token[]) visit(token as MarkedToken);
}

/** It can be run, makes calls and does nothing else. */
function assertJavaScript(text: string): void {
  let ran = false;
  const call = async () => null;
  const context = createContext({
    atob,
    keyholeFuzzed: () => {
      ran = true;
    },
    navigator: { credentials: { create: call, get: call, store: call, preventSilentAccess: call } },
    PublicKeyCredential: new Proxy({}, { get: () => call }),
  });
  new Script(`(async () => {${text}\n})().catch(() => {})`).runInContext(context, { timeout: 10_000 });
  assert(!ran, "what stands in a recording was run");
}
