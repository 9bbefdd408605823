import { expect } from "vitest";
import { type KeyholeMatchers, toBeFreeOf } from "./toBeFreeOf.js";

expect.extend({ toBeFreeOf });

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: has to be declared as Vitest does it
  interface Assertion<T = any> extends KeyholeMatchers<void> {}
  interface AsymmetricMatchersContaining extends KeyholeMatchers {}
}
