import { describe, expect, test } from "vitest";
import { IOS_GENERATIONS } from "../../../src/spec/platforms.js";
import { before, type Capability, isSupported, SUPPORT } from "../../../src/spec/support.js";

/** iOS 15, 16, 17, 18.0, 18.4, 26, 27: as research says, row by row. */
const MATRIX: { [Name in keyof typeof SUPPORT]?: string } = {
  syncedPasskeys: "-YYYYYY",
  hybrid: "-YYYYYY",
  conditionalGet: "-YYYYYY",
  conditionalCreate: "---YYYY",
  prf: "---YYYY",
  prfOverHybrid: "----YYY",
  largeBlob: "--YYYYY",
  credProps: "-Y-----",
  appid: "YYYYYYY",
  appidExclude: "-------",
  otherExtensions: "-------",
  hints: "-------",
  anonymousAttestation: "Y------",
  enterpriseAttestation: "--YYYYY",
  aaguid: "--YYYYY",
  clientCapabilities: "--YYYYY",
  jsonMethods: "----YYY",
  signalMethods: "-----YY",
  relatedOrigins: "---YYYY",
  frameGetSameSite: "YYYYYYY",
  frameGetCrossSite: "-YYYYYY",
  frameCreate: "-------",
  callWithoutTap: "--YYYYY",
  otherProviders: "--YYYYY",
  immediateGet: "-------",
};

test.each(Object.entries(MATRIX))("%s on each generation of iOS: %s", (name, expected) => {
  const capability = SUPPORT[name as keyof typeof SUPPORT];
  const found = IOS_GENERATIONS.map(({ platform }) =>
    isSupported(capability, platform.safari!) ? "Y" : "-",
  );
  expect(found.join("")).toBe(expected);
});

test.each([
  ["conditionalGet", "16.0", "16.1"],
  ["clientCapabilities", "17.3", "17.4"],
  ["prf", "17.6", "18.0"],
  ["prfOverHybrid", "18.3", "18.4"],
  ["signalMethods", "18.7", "26.0"],
  ["signalPromises", "26.3", "26.4"],
  ["uvpaaTellsSetup", "26.1", "26.2"],
] as const)("%s is not in %s, but in %s", (name, without, withIt) => {
  expect(isSupported(SUPPORT[name], without)).toBe(false);
  expect(isSupported(SUPPORT[name], withIt)).toBe(true);
});

test("credProps came and went", () => {
  const found = ["15.6", "16.0", "17.3", "17.4"].map((version) => isSupported(SUPPORT.credProps, version));
  expect(found).toEqual([false, true, true, false]);
});

test.each([
  [SUPPORT.prf, "17"],
  [SUPPORT.clientCapabilities, "17.3"],
  [SUPPORT.signalMethods, "18"],
] as const)("before $name: up to %s", (capability, until) => {
  expect(before(capability)).toEqual({ until });
});

describe.each(Object.entries<Capability>(SUPPORT))("%s", (_, { name, note, ios, references }) => {
  test("is told in words, with its versions and https addresses", () => {
    expect(name).not.toMatch(/\.$/);
    if (note) expect(note).toMatch(/\.$/);
    if (ios !== "never") for (const version of Object.values(ios)) expect(version).toMatch(/^\d+(\.\d+)?$/);
    for (const { url } of references) expect(new URL(url).protocol).toBe("https:");
  });
});
