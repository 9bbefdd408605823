import type fc from "fast-check";

/** One thing that takes what it is given from outside, and what it promises for whatever comes. */
export interface Target<Input = never> {
  /** "decoders/attestationObject" */
  name: string;
  inputs: fc.Arbitrary<Input>;
  /** Throws where a promise is broken. What it returns is the answer, whose size has to have a bound. */
  check(input: Input): unknown;
  /** how often it is tried in `npm test` */
  runs: number;
  /** processor time that an input may take: milliseconds, whatever its size, and for each 1,000 characters */
  cost?: { base: number; perThousand: number };
}

export type AnyTarget = Target<unknown>;

export const defineTarget = <Input>(target: Target<Input>): AnyTarget => target as unknown as AnyTarget;
