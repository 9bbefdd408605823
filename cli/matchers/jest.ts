import { type KeyholeMatchers, toBeFreeOf } from "./toBeFreeOf.js";

// Jest puts `expect` there before it runs a file of setupFilesAfterEnv.
const { expect } = globalThis as unknown as { expect: { extend(matchers: object): void } };
expect.extend({ toBeFreeOf });

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: has to be declared as @types/jest does it
    interface Matchers<R, T = {}> extends KeyholeMatchers<R> {}
  }
}
