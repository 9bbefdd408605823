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

const OUTCOMES = [fail("worst"), cannotTell("bad"), pass("good"), notApplicable("nothing")];

test.each(OUTCOMES.flatMap((worse, index) => OUTCOMES.slice(index + 1).map((better) => [worse, better])))(
  "%o counts, not %o, whichever comes first",
  async (worse, better) => {
    expect(await merged({ key: worse! }, { key: better! })).toEqual({
      key: { outcome: worse!.outcome, because: `none: ${worse!.because}` },
    });
    expect(await merged({ key: better! }, { key: worse! })).toEqual({
      key: { outcome: worse!.outcome, because: `apple: ${worse!.because}` },
    });
  },
);

test.each(OUTCOMES)("%o twice: both are told", async (said) => {
  expect(await merged({ trust: said }, { trust: said })).toEqual({
    trust: { outcome: said.outcome, because: `none: ${said.because} apple: ${said.because}` },
  });
});

test("a part that one of them alone has is said of it", async () => {
  expect(await merged({ nonce: pass("A.") }, { key: fail("B.") })).toEqual({
    nonce: pass("none: A."),
    key: fail("apple: B."),
  });
});

test("no statements: nothing is said", async () => {
  const said = await verifyCompound(() => ({ key: pass("") }))(
    { format: "compound", statements: [] },
    {} as Attested,
  );
  expect(said).toEqual({});
});
