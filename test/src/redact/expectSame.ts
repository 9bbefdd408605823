import { expect } from "vitest";
import { type Platform, type Recording, type RedactionProfile, redact } from "../../../src/index.js";
import { whatIsSaid } from "../../support/whatIsSaid.js";

/** Masks a recording and expects that everything which Keyhole says of it stays, but for the values it quotes. */
export async function expectSame(
  recording: Recording,
  profile: RedactionProfile,
  platform?: Platform,
): Promise<Recording> {
  const masked = await redact(recording, { profile });
  expect(await whatIsSaid(masked, platform)).toEqual(await whatIsSaid(recording, platform));
  return masked;
}
