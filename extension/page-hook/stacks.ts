import {
  type AnyFunction,
  apply,
  attempt,
  defineProperty,
  deleteProperty,
  describe,
  indexOf,
  lastIndexOf,
  NativeError,
  slice,
} from "./natives.js";

// Stacks, read and mended without letting the page's `Error.prepareStackTrace` (V8) run, which would tell the
// page that someone reads them.

/** How V8 begins the line of a frame. */
const FRAME = "    at ";

const { captureStackTrace } = NativeError as { captureStackTrace?: AnyFunction };
// An own accessor in today's V8, an own data property in WebKit, an accessor of Error.prototype in Firefox.
const sample = new NativeError();
const accessor = (describe(sample, "stack") ?? describe(NativeError.prototype, "stack"))?.get;
// Only an extension's address tells our frames from the page's with certainty.
const ownScript = /[a-z]+-extension:\/\/\S+?(?=:\d)/.exec(
  withDefaultFormat(() => readStack(sample)) ?? "",
)?.[0];

/** The stack of the code that called `trap`, one frame a line; undefined where the browser won't tell. */
export function callerOf(trap: AnyFunction): string | undefined {
  return attempt(() =>
    withDefaultFormat(() => {
      const holder: object = captureStackTrace ? ({ __proto__: null } as object) : new NativeError();
      if (captureStackTrace) apply(captureStackTrace, NativeError, [holder, trap] as never[]);
      const stack = readStack(holder);
      if (stack === undefined) return undefined;
      // V8 begins with a header, and says nothing else where there are no frames.
      const frames = indexOf(stack, FRAME);
      return stack === "Error" ? "" : foreignLines(frames < 0 ? stack : slice(stack, frames));
    }),
  );
}

/**
 * An error that the browser makes while the native function runs carries the frame of our trap, which
 * telemetry of the page would report as an extension's. Leaves in its stack what would stand there
 * without us. `caller`: what `callerOf` said.
 */
export function removeOwnFrames(error: unknown, caller: string | undefined): void {
  // It may be no error, or one without a stack of the usual kind.
  attempt(() => {
    if (!ownScript || caller === undefined || "prepareStackTrace" in NativeError) return;
    const own = describe(error as object, "stack")!;
    const stack = readStack(error as object)!;
    const at = indexOf(stack, ownScript);
    if (at < 0) return;
    const inner = slice(stack, 0, lastIndexOf(stack, "\n", at) + 1);
    own.value = foreignLines(inner + caller, describe(NativeError, "stackTraceLimit")?.value);
    if (own.set) apply(own.set as AnyFunction, error, [own.value] as never[]);
    else defineProperty(error as object, "stack", own);
  });
}

function readStack(error: object): string | undefined {
  const own = describe(error, "stack");
  const stack = own && "value" in own ? own.value : accessor && apply(accessor, error, []);
  return typeof stack === "string" ? stack : undefined;
}

/** V8 asks `Error.prepareStackTrace`, own or inherited; an own undefined stands in its way for a moment. */
function withDefaultFormat<T>(read: () => T): T | undefined {
  const name = "prepareStackTrace";
  if (!(name in NativeError)) return read();
  const own = describe(NativeError, name);
  const none = { __proto__: null, value: undefined, configurable: true, writable: true };
  if (own?.configurable === false || !defineProperty(NativeError, name, none)) return undefined;
  try {
    return read();
  } finally {
    if (own) defineProperty(NativeError, name, own);
    else deleteProperty(NativeError, name);
  }
}

/** The lines that are not ours, with `limit` frames at most: the one that ours had pushed out comes back. */
function foreignLines(stack: string, limit = Infinity): string {
  let kept = "";
  let frames = 0;
  for (let start = 0; start < stack.length; ) {
    const newline = indexOf(stack, "\n", start);
    const end = newline < 0 ? stack.length : newline;
    const line = slice(stack, start, end);
    start = end + 1;
    if (ownScript && indexOf(line, ownScript) >= 0) continue;
    if (indexOf(line, FRAME) === 0 && ++frames > limit) break;
    kept += kept ? `\n${line}` : line;
  }
  return kept;
}
