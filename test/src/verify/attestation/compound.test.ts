import { expect, test } from "vitest";
import type { AttestationSaid, Attested } from "../../../../src/verify/attestation/attestation.js";
import { verifyCompound } from "../../../../src/verify/attestation/compound.js";
import { cannotTell, fail, notApplicable, pass } from "../../../../src/verify/said.js";

/** What is said of two statements, "none" and "apple", in one. */
async function merged(first: AttestationSaid, second: AttestationSaid): Promise<AttestationSaid> {
  const said = { none: first, apple: second } as Record<string, AttestationSaid>;
  return verifyCompound(({ format }) => said[format]!)(
    { format: "compound", statements: [{ format: "none" }, { format: "apple" }] },
    {} as Attested,
  );
}

const OUTCOMES = [
  fail("no-certificate"),
  cannotTell("statement-ecdaa"),
  pass("statement-empty"),
  notApplicable("trust-self"),
];

test.each(OUTCOMES.flatMap((worse, index) => OUTCOMES.slice(index + 1).map((better) => [worse, better])))(
  "%o counts, not %o, whichever comes first",
  async (worse, better) => {
    expect(await merged({ key: worse! }, { key: better! })).toMatchObject({
      key: { outcome: worse!.outcome, because: `none: ${worse!.because}` },
    });
    expect(await merged({ key: better! }, { key: worse! })).toMatchObject({
      key: { outcome: worse!.outcome, because: `apple: ${worse!.because}` },
    });
  },
);

test.each(OUTCOMES)("%o twice: both are told", async (said) => {
  expect(await merged({ trust: said }, { trust: said })).toMatchObject({
    trust: { outcome: said.outcome, because: `none: ${said.because} apple: ${said.because}` },
  });
});

test("a part that one of them alone has is said of it", async () => {
  expect(await merged({ nonce: pass("statement-empty") }, { key: fail("tpm-no-key") })).toMatchObject({
    nonce: { outcome: "pass", because: `none: ${pass("statement-empty").because}` },
    key: { outcome: "fail", because: "apple: certInfo names no key." },
  });
});

test("no statements: nothing is said", async () => {
  const said = await verifyCompound(() => ({ key: pass("tpm-key") }))(
    { format: "compound", statements: [] },
    {} as Attested,
  );
  expect(said).toEqual({});
});
