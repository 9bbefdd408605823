import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  sayBecause,
  sayClue,
  sayErrorMeaning,
  sayFinding,
  sayNextSteps,
  sayOutlookReason,
  sayProblem,
  sayStatus,
  saySummary,
  sayUndecided,
} from "../../../panel/words/engineWords.js";
import { speak } from "../../../panel/words/say.js";
import { analyze, diagnose, type Finding, forecast } from "../../../src/index.js";
import { judgeSteps, type Step } from "../../../src/verify/judgeSteps.js";
import { say, sentence } from "../../../src/verify/said.js";
import { PROBLEMS } from "../../../src/wire/problems.js";
import { authentication } from "../../src/verify/ceremony.js";
import { type CallDraft, create, get, recordingOf, safari } from "../../support/recordings.js";
import { type Messages, speaking } from "../../support/speaking.js";

const JAPANESE: Messages = JSON.parse(
  readFileSync(new URL("../../../panel/_locales/ja/messages.json", import.meta.url), "utf8"),
);

beforeEach(() => speak(speaking(JAPANESE)));
afterEach(() => speak(undefined));

const analysisOf = (call: CallDraft) => analyze(recordingOf([call]));
const findingOf = async (call: CallDraft, rule: string): Promise<Finding> =>
  (await analysisOf(call)).findings.find(({ ruleId }) => ruleId === rule)!;

test("a case says its own words with its values, and the rule's where it has none", async () => {
  const finding = await findingOf(get({ rpId: "co.uk" }), "rp-id-not-for-origin");
  expect(sayFinding(finding, "fix")).toBe(
    "`example.com` か、それと `co.uk` の間のドメインを送ってください。",
  );
  expect(sayFinding(finding, "experience")).toBe(
    "シートは表示されません。呼び出しは SecurityError で拒否されます。",
  );
});

test("a value is nobody's syntax", async () => {
  const finding = await findingOf(get({ rpId: "co.uk" }), "rp-id-not-for-origin");
  const hostile = { ...finding, values: { host: "$1 $HOST$ {rpId}", rpId: "\uE0001" } };
  expect(sayFinding(hostile, "fix")).toBe(
    "`$1 $HOST$ {rpId}` か、それと `\uE0001` の間のドメインを送ってください。",
  );
});

test("where the language has no message, the engine's English is said", async () => {
  const { engine_rule_rp_id_not_for_origin__case_public_suffix__fix: _, ...others } = JAPANESE;
  speak(speaking(others));
  const finding = await findingOf(get({ rpId: "co.uk" }), "rp-id-not-for-origin");
  expect(sayFinding(finding, "fix")).toBe("Send `example.com`, or the domain between it and `co.uk`.");
});

test("a rule that can't tell says why, by a reason of its own or one of many rules'", async () => {
  const { undecided } = await analyze(
    recordingOf([get({ rpId: "other.example" })], { browser: safari("26.0") }),
  );
  const said = undecided.map((each) => sayUndecided(each).why);
  expect(said).toContain(
    "`https://other.example/.well-known/webauthn` にこのページが入っているかどうかは、ここからは見えません。",
  );
  const common = { ruleId: "up-missing", callId: "call-0", title: "", why: "…", reason: "flags-unread" };
  expect(sayUndecided(common).why).toBe("レスポンスのフラグを読み取れません。");
});

test("a forecast says what is lacking, and no more than may of what is only inferred", async () => {
  const largeBlob = { support: "preferred", write: new Uint8Array() };
  const upgrade = create({ extensions: { largeBlob } }, { mediation: "conditional" });
  const outlooks = await forecast(recordingOf([upgrade]));
  const said = outlooks.flatMap((each) => each.outlooks).flatMap(({ reasons }) => reasons);
  const texts = said.map(sayOutlookReason);
  expect(texts).toContain(
    "自動アップグレードがありません。`mediation` は無視され、シートが表示される可能性があります",
  );
  expect(said.filter((reason) => sayOutlookReason(reason) === reason.text)).toEqual([]);
  const inferred = said.find(({ may }) => may !== undefined)!;
  expect(sayOutlookReason(inferred)).toMatch(/可能性があります）$/);
});

test("a failure is summed up with its cause, clues and next steps", async () => {
  const { explanations } = await analysisOf(get().rejects("NotAllowedError", { after: 4_020 }));
  expect(saySummary(explanations[0]!)).toBe(
    "4.0 秒 後に拒否されました。可能性が最も高い原因: ユーザーがシートを閉じたか、断りました。ユーザーが断ったのか、何かが妨げたのかは、事実からはわかりません。ブラウザーは意図してそれをページに知らせません。",
  );
  const [cause] = explanations[0]!.causes;
  expect(cause!.for.map(sayClue)).toContain("所要時間は 4.0 秒 でした。人がシートを見るのに十分な長さです。");
  expect(sayNextSteps(cause!)[1]).toBe("ボタンをもう一度提示し、別のサインイン方法も用意してください。");
  expect(sayErrorMeaning("SecurityError")).toBe("RP ID がページのオリジンに合っていません。");
});

test("names are listed as the language lists them", () => {
  const clue = { id: "other-types", text: "…", values: { types: ["password", "otp"] } } as const;
  expect(sayClue(clue)).toBe("呼び出しは password、otp も求めています。");
});

test("every problem of a wire is said with its values, and what it is not said by is not lost", () => {
  const local = { host: "localhost", port: 9221 };
  const problems = [
    diagnose.badAddress("a b"),
    diagnose.nothingThere(local),
    diagnose.nothingThere({ ...local, port: 9222 }),
    ...[diagnose.notReadable, diagnose.notAList, diagnose.unreachable].map((of) => of("localhost:9333")),
    diagnose.noDevice(),
    diagnose.deviceSilent("iPad"),
    diagnose.tooOld(),
    diagnose.tooOld("iPad"),
    diagnose.tooOld("iPad", "12.5.7"),
    diagnose.noPage(),
    diagnose.noPage("iPad"),
    diagnose.originRefused("chrome-extension://keyhole"),
    diagnose.taken(),
    diagnose.gone(),
    diagnose.cut(),
    diagnose.silent(),
    diagnose.silent("iPad"),
  ];
  expect(problems.map(({ form }) => form).sort()).toEqual(Object.keys(PROBLEMS).sort());
  for (const problem of problems) {
    const { what, remedies } = sayProblem(problem);
    const said = [what, ...remedies];
    for (const [index, english] of [problem.what, ...problem.remedies].entries()) {
      const values = Object.values(problem.values!).map(String);
      const shown = (text: string) => values.filter((value) => text.includes(value));
      expect(said[index], english).toMatch(/[ぁ-ん]|^Android: adb /);
      expect(shown(said[index]!), english).toEqual(shown(english));
    }
  }
  const android = sayProblem(diagnose.nothingThere({ ...local, port: 9222 })).remedies[1];
  expect(android).toBe("Android: adb forward tcp:9222 localabstract:chrome_devtools_remote");
  const own = { code: "cut", what: "Cut.", remedies: ["Wait."] } as const;
  expect(sayProblem({ ...own, remedies: [...own.remedies] })).toEqual({
    what: own.what,
    remedies: own.remedies,
  });
});

test("how it stands with a page, with what else there is to say", () => {
  const hooked = sayStatus("replaced", { hooked: sayStatus("late", { seconds: "3.2" }) });
  expect(sayStatus("remark", { hooked, remark: sayStatus("other-keyhole") })).toBe(
    "3.2 秒遅れてフックしました。それ以前の呼び出しは記録されていません。その前に別のスクリプトが API を置き換えていました。このページには別の Keyhole がすでにあります。ページを再読み込みしてください",
  );
  expect(sayStatus("connecting-on", { page: "Sign in", device: "iPhone" })).toBe(
    "iPhone の Sign in に接続しています",
  );
});

test("a verdict of Keyhole's own says why with its values, and words in them as the language has them", async () => {
  const { verdicts } = await authentication({ options: { userVerification: "$1 $FLAG$" } });
  const said = (check: string) => sayBecause(verdicts.find((verdict) => verdict.check === check)!);
  expect(said("signature")).toBe(
    "認証器データとクライアントデータハッシュに対する署名は、この記録にある登録の ES256 (-7) 鍵によるものです。",
  );
  expect(said("user-verified")).toBe(
    "フラグ UV はオンです。userVerification は「$1 $FLAG$」で、「required」ではありませんでした。",
  );
  expect(said("origin")).toBe("オリジンはページのものと同じで、「https://example.com」です。");
});

test("several sentences follow each other, and what a file brought stays as it is", async () => {
  const step: Step<object> = {
    check: "attestation-statement",
    spec: "x",
    judge: () => say("fail", sentence("in-compound", { format: "tpm" }), sentence("tpm-no-key")),
  };
  const [verdict] = await judgeSteps([step], {});
  expect(verdict!.because).toBe("tpm: certInfo names no key.");
  expect(sayBecause(verdict!)).toBe("tpm: certInfo が鍵を示していません。");
  expect(sayBecause({ ...verdict! })).toBe("tpm: certInfo names no key.");
});
