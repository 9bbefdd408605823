import {
  type Analysis,
  analyze,
  type ExportFormat,
  forecast,
  gravestEffect,
  type MaskedValue,
  type OutlookReason,
  type Recording,
  type RedactionProfile,
  redactAndTell,
} from "../../src/index.js";
import { hideRules } from "../store/hideRules.js";

/** What is masked in what is written; "nothing" only where someone asked for it. */
export type Masking = "nothing" | RedactionProfile;

export interface Written {
  text: string;
  /** what stands in the text, masked or not */
  recording: Recording;
  values: readonly MaskedValue[];
}

export interface Exporter {
  write(format: ExportFormat, masking: Masking): Promise<Written>;
}

/**
 * Writes one recording in any form. Each masking is done once, so that two forms of the same recording
 * have the same pseudonyms.
 */
export function createExporter(
  recording: Recording,
  known: {
    /** of that recording, with every rule, if it is at hand */
    analysis: Analysis | undefined;
    switchedOffRules: readonly string[];
    options: Parameters<typeof analyze>[1];
    loadViewer: (() => Promise<string>) | undefined;
  },
): Exporter {
  const maskings = new Map<Masking, Promise<Pick<Written, "recording" | "values">>>();

  function masked(masking: Masking): Promise<Pick<Written, "recording" | "values">> {
    let done = maskings.get(masking);
    if (!done) {
      done = mask(masking);
      maskings.set(masking, done);
    }
    return done;
  }

  async function mask(masking: Masking): Promise<Pick<Written, "recording" | "values">> {
    if (masking === "nothing") return { recording, values: [] };
    const ceremonies =
      known.analysis?.recording === recording
        ? known.analysis.ceremonies
        : (await analyze(recording, known.options)).ceremonies;
    return redactAndTell(recording, { profile: masking, ceremonies });
  }

  return {
    async write(format, masking) {
      const { recording: written, values } = await masked(masking);
      const isReport = format.needs === "analysis";
      const judged = isReport ? await judge(written, known) : undefined;
      const viewer = format.needs === "viewer" ? await known.loadViewer?.() : undefined;
      return { text: format.write({ recording: written, judged, viewer }), recording: written, values };
    },
  };
}

async function judge(
  recording: Recording,
  { options, switchedOffRules }: Pick<Parameters<typeof createExporter>[1], "options" | "switchedOffRules">,
) {
  const { analysis, hidden } = hideRules(await analyze(recording, options), switchedOffRules);
  const hasSay = ({ ruleId }: OutlookReason) => ruleId === undefined || !switchedOffRules.includes(ruleId);
  const elsewhere = (await forecast(recording)).map(({ platform, outlooks }) => ({
    platform,
    outlooks: outlooks.map((outlook) => {
      const reasons = outlook.reasons.filter(hasSay);
      return { ...outlook, reasons, verdict: gravestEffect(reasons) };
    }),
  }));
  return { ...analysis!, hidden, forecast: elsewhere };
}
