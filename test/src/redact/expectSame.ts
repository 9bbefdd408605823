import { expect } from "vitest";
import {
  analyze,
  type Finding,
  forecast,
  type Platform,
  type Recording,
  type RedactionProfile,
  redact,
} from "../../../src/index.js";

/** Masks a recording and expects that everything which Keyhole says of it stays, but for the values it quotes. */
export async function expectSame(
  recording: Recording,
  profile: RedactionProfile,
  platform?: Platform,
): Promise<Recording> {
  const masked = await redact(recording, { profile });
  const options = platform ? { platform } : {};
  const [before, after] = [await analyze(recording, options), await analyze(masked, options)];
  expect(after.findings.map(withoutValues)).toEqual(before.findings.map(withoutValues));
  expect(after.undecided.map(({ ruleId, callId }) => ({ ruleId, callId }))).toEqual(
    before.undecided.map(({ ruleId, callId }) => ({ ruleId, callId })),
  );
  expect(outcomes(after.ceremonies)).toEqual(outcomes(before.ceremonies));
  expect(after.explanations.map(causes)).toEqual(before.explanations.map(causes));
  expect(after.credentials.map(({ callIds, state, aaguid }) => ({ callIds, state, aaguid }))).toEqual(
    before.credentials.map(({ callIds, state, aaguid }) => ({ callIds, state, aaguid })),
  );
  const [seen, seenMasked] = [await forecast(recording), await forecast(masked)];
  expect(seenMasked.map(({ findings }) => findings.map(withoutValues))).toEqual(
    seen.map(({ findings }) => findings.map(withoutValues)),
  );
  expect(places(after)).toEqual(places(before));
  return masked;
}

/** Evidence, titles and fixes may quote what is masked, and a pointer may go through a key that is an id. */
function withoutValues({ at, evidence: _, title, experience: __, fix: ___, ...finding }: Finding): object {
  return { ...finding, at: at.replace(/(evalByCredential)\/[^/]+/, "$1/*"), words: title.split(" ").length };
}

function outcomes(ceremonies: readonly { verdicts: { check: string; outcome: string }[] }[]): string[][] {
  return ceremonies.map(({ verdicts }) => verdicts.map(({ check, outcome }) => `${check}: ${outcome}`));
}

function causes({
  callId,
  causes,
}: {
  callId: string;
  causes: readonly { id: string; likelihood: string }[];
}): object {
  return { callId, causes: causes.map(({ id, likelihood }) => `${id}: ${likelihood}`) };
}

/** Where every member of every response stands, and what its decoder has to say. */
function places({ ceremonies }: Awaited<ReturnType<typeof analyze>>): object[] {
  return ceremonies.map(({ decoded }) => {
    const parts = [decoded.clientData, decoded.authenticatorData, decoded.attestationObject];
    return parts.map(
      (part) =>
        part && {
          fields: part.fields,
          consumed: part.consumed,
          problems: part.problems.map(({ code, offset, length }) => ({ code, offset, length })),
        },
    );
  });
}
