/** Long work in steps: says now and then which share of it is done, from 0 to 1, and in the end what it made. */
export type Steps<Made> = Generator<number, Made>;

/** Does the work in one go. */
export function finish<Made>(steps: Steps<Made>): Made {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The work as a part of a larger one, of which it takes from one share to another. */
export function* within<Made>(steps: Steps<Made>, from: number, to: number): Steps<Made> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/** Told how far the work is, between any two of its steps; the work waits for what it returns. */
export type Pace = (share: number) => Promise<void> | undefined;

/** Does the work at somebody's pace; without one, in one go. */
export async function paced<Made>(steps: Steps<Made>, pace: Pace | undefined): Promise<Made> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    const waited = pace?.(step.value);
    if (waited) await waited;
  }
}
