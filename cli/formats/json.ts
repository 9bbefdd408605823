import { type LintFinding, type MakeFormat, pointerOf } from "./format.js";

/** One JSON document. Its members are described in docs/command-line.md. */
export const json: MakeFormat = ({ version, judgedAs }) => {
  let count = 0;
  return {
    start: () => `{"keyhole":${JSON.stringify(version)},"judgedAs":${JSON.stringify(judgedAs)},"files":[`,
    file({ file, recording, problems, findings, undecided }) {
      const entry = {
        file,
        readable: recording !== undefined,
        calls: recording?.calls.length ?? 0,
        findings: findings.map(describeFinding),
        undecided,
        problems,
      };
      return `${count++ ? "," : ""}\n${JSON.stringify(entry)}`;
    },
    end: (summary) => `\n],"summary":${JSON.stringify(summary)}}\n`,
  };
};

function describeFinding(it: LintFinding): unknown {
  const { finding, call, callNumber, rpId, place, fails } = it;
  return { ...finding, callNumber, api: call.api, rpId, pointer: pointerOf(it), place, fails };
}
