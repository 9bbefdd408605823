import {
  type Analysis,
  analyze,
  type Finding,
  forecast,
  type Platform,
  type Recording,
} from "../../src/index.js";
import { isMemberName } from "../../src/redact/vocabulary.js";

/** Everything that Keyhole says of a recording, but for the values that it quotes: what masking has to keep. */
export async function whatIsSaid(recording: Recording, platform?: Platform) {
  const analysis = await analyze(recording, platform ? { platform } : {});
  const { findings, undecided, ceremonies, explanations, credentials } = analysis;
  return {
    findings: findings.map(withoutValues),
    undecided: undecided.map(({ ruleId, callId }) => ({ ruleId, callId })),
    outcomes: ceremonies.map(({ verdicts }) => verdicts.map(({ check, outcome }) => `${check}: ${outcome}`)),
    explanations: explanations.map(({ callId, causes }) => ({
      callId,
      causes: causes.map(({ id, likelihood }) => `${id}: ${likelihood}`),
    })),
    credentials: credentials.map(({ callIds, state, aaguid }) => ({ callIds, state, aaguid })),
    forecast: (await forecast(recording)).map((each) => each.findings.map(withoutValues)),
    places: places(analysis),
  };
}

/** Evidence, titles and fixes may quote what is masked, and a pointer may go through a name that is. */
function withoutValues({ at, title, ...finding }: Finding): object {
  const { evidence: _, experience: __, fix: ___, values: ____, ...rest } = finding;
  const place = at
    .replace(/(evalByCredential)\/[^/]+/, "$1/*")
    // The name of an extension that nobody knows is masked where a masked value stands in it.
    .replace(/(\/extensions)\/[^/]+$/, "$1/*")
    .split("/")
    .map((step) => (step === "" || /^\d+$/.test(step) || isMemberName(step) ? step : "*"))
    .join("/");
  return { ...rest, at: place, words: title.split(" ").length };
}

/** Where every member of every response stands, and what its decoder has to say. */
function places({ ceremonies }: Analysis): object[] {
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
