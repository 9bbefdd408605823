import fc from "fast-check";
import { HOSTILE_TEXT } from "../../support/hostile.js";

/** One change to a sample. What the numbers mean is up to whoever applies it; fewer edits are simpler. */
export interface Edit {
  /** picks what is done */
  what: number;
  /** picks where */
  at: number;
  /** picks with what */
  by: number;
  bytes: Uint8Array;
}

const number = fc.nat(0x7fffffff);

/** Records as everybody makes them. */
export const PLAIN = { noNullPrototype: true } as const;

export const anyEdits = (maxLength = 8): fc.Arbitrary<Edit[]> =>
  fc.array(
    fc.record({ what: number, at: number, by: number, bytes: fc.uint8Array({ maxLength: 12 }) }, PLAIN),
    {
      maxLength,
      size: "max",
    },
  );

export const pick = <Item>(items: readonly Item[], by: number): Item => items[by % items.length]!;

/** Would run, if anything that Keyhole makes of it were run. @see ../promises/nothingRan.ts */
export const CANARY = "keyholeFuzzed()";

/** Texts that get out of where they stand, where something goes wrong. */
export const HOSTILE_TEXTS: readonly string[] = [
  "",
  " ",
  "null",
  "__proto__",
  "constructor",
  "toString",
  "$",
  "$$",
  "-0",
  "1e999",
  "\ud800",
  "\u0000",
  "\ufeff",
  "\u202e\u2066",
  "é\u0301",
  "https://例え.テスト:99999/%",
  "javascript:keyholeFuzzed()",
  `</script><script>${CANARY}</script>`,
  `<img src=x onerror=${CANARY}>`,
  `*/${CANARY}/*`,
  `\`${CANARY}\``,
  `\${${CANARY}}`,
  `"];${CANARY};//`,
  `| a | \`b\` ![x](javascript:${CANARY})\n# ${CANARY}\n\n    ${CANARY}`,
  "``` \n~~~\n<details open>",
  HOSTILE_TEXT,
  "A".repeat(5_000),
  "%".repeat(300),
  "a.".repeat(300),
  "=".repeat(64),
];
