import fc from "fast-check";
import { joinBytes } from "../../support/encodeCbor.js";
import { anyEdits, type Edit, pick } from "./edit.js";
import { editPiece, putTogether, takeApart } from "./pieces.js";

/** A sample whose pieces were changed, then its bytes; or bytes that were never a sample. */
export function anyBytesLike(samples: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const changed = fc
    .tuple(fc.nat(samples.length - 1), anyEdits(6), anyEdits(3))
    .map(([index, pieces, bytes]) => mutateBytes(samples[index]!, pieces, bytes));
  return fc.oneof(
    { weight: 12, arbitrary: changed },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300, size: "max" }) },
  );
}

export function mutateBytes(sample: Uint8Array, pieces: readonly Edit[], bytes: readonly Edit[]): Uint8Array {
  let changed = sample;
  if (pieces.length > 0) {
    const root = takeApart(sample);
    for (const edit of pieces) editPiece(root, edit);
    changed = putTogether(root).slice(0, MAX_BYTES);
  }
  for (const edit of bytes) changed = editBytes(changed, edit);
  return changed.slice(0, MAX_BYTES);
}

/** Longer ones say nothing new, and take long to make smaller. */
const MAX_BYTES = 200_000;

function editBytes(sample: Uint8Array, { what, at, by, bytes }: Edit): Uint8Array {
  const from = at % (sample.length + 1);
  const to = Math.min(sample.length, from + (by % 40));
  const [before, part, after] = [sample.subarray(0, from), sample.subarray(from, to), sample.subarray(to)];
  const changes: (() => Uint8Array)[] = [
    () => joinBytes(before, bytes, after),
    () => joinBytes(before, bytes, part, after),
    () => joinBytes(before, after),
    () => joinBytes(before, part, part, after),
    () => before.slice(),
    () =>
      joinBytes(
        before,
        part.map((byte) => byte ^ (1 << (what % 8))),
        after,
      ),
    () =>
      joinBytes(
        before,
        part.map(() => pick([0x00, 0x7f, 0x80, 0xff], what >> 4)),
        after,
      ),
  ];
  return pick(changes, what)();
}
