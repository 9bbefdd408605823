/** milliseconds of work between two pauses: a key or a scroll waits no longer */
export const SLICE_MS = 12;

/** Until whatever waits has had its turn: a key, a scroll, a frame. */
export const pause = () => new Promise<void>((resolve) => setTimeout(resolve));

/** Works through steps without keeping others waiting; returns the way to give up. The first slice is done at once. */
export function inSlices<Made>(steps: Generator<void, Made>, done: (made: Made) => void): () => void {
  let isOver = false;
  let isFirst = true;
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    while (!isOver) {
      const step = steps.next();
      if (step.done) {
        if (isFirst) return done(step.value);
        // To show it is work of its own.
        return void pause().then(() => {
          if (!isOver) done(step.value);
        });
      }
      if (performance.now() <= end) continue;
      isFirst = false;
      return void pause().then(slice);
    }
  };
  slice();
  return () => {
    isOver = true;
  };
}

/**
 * A pace for long work of the engine: a pause after each slice, and now and then a word about how far it is.
 */
export function inTurns(tell: (share: number) => void): (share: number) => Promise<void> | undefined {
  let worked = performance.now();
  let told = worked;
  return (share) => {
    const now = performance.now();
    if (now - worked < SLICE_MS) return undefined;
    if (now - told > TELL_MS) {
      told = now;
      tell(share);
    }
    return pause().then(() => {
      worked = performance.now();
    });
  };
}

/** milliseconds */
const TELL_MS = 50;
