import type { AnyFunction, Natives, Scope } from "./natives.js";

/**
 * Makes the two functions that deal with stacks. Neither lets the page's `Error.prepareStackTrace`
 * (V8) run, which would tell the page that someone reads stacks.
 */
export function createStacks(natives: Natives, scope: Scope) {
  const { apply, defineProperty, deleteProperty, describe, indexOf, lastIndexOf, slice } = natives;
  const NativeError = scope.Error as ErrorConstructor & {
    captureStackTrace?: (target: object, caller: AnyFunction) => void;
  };
  const { captureStackTrace } = NativeError;
  // An own accessor in today's V8, an own data property in WebKit, an accessor of Error.prototype in Firefox.
  const sample = new NativeError();
  const accessor = (describe(sample, "stack") ?? describe(NativeError.prototype, "stack"))?.get;
  const ownScript = scriptOf(withDefaultFormat(() => readStack(sample)) ?? "");

  return {
    /** The stack of the code that called `trap`, one frame a line; undefined where the browser won't tell. */
    callerOf(trap: AnyFunction): string | undefined {
      try {
        return withDefaultFormat(() => {
          const holder: object = captureStackTrace ? ({ __proto__: null } as object) : new NativeError();
          if (captureStackTrace) apply(captureStackTrace, NativeError, [holder, trap]);
          const stack = readStack(holder);
          return stack === undefined ? undefined : withoutOwnLines(withoutHeader(stack));
        });
      } catch {
        return undefined;
      }
    },

    /**
     * An error that the browser makes while the native function runs carries the frame of our trap,
     * which telemetry of the page would report as an extension's. Leaves in its stack what would stand
     * there without us. `caller`: what `callerOf` said.
     */
    removeOwnFrames(error: unknown, caller: string | undefined): void {
      try {
        if (!ownScript || caller === undefined || typeof error !== "object" || error === null) return;
        if ("prepareStackTrace" in NativeError) return;
        const own = describe(error, "stack");
        const stack = own && readStack(error);
        const at = stack ? indexOf(stack, ownScript) : -1;
        if (!own || !stack || at < 0) return;
        const inner = slice(stack, 0, lastIndexOf(stack, "\n", at));
        const cleaned = withinLimit(caller ? `${inner}\n${caller}` : inner);
        own.value = cleaned;
        if (own.set) apply(own.set as AnyFunction, error, [cleaned] as never[]);
        else if (own.writable) defineProperty(error, "stack", own);
      } catch {
        // it stays as it is
      }
    },
  };

  function readStack(error: object): string | undefined {
    const own = describe(error, "stack");
    const stack = own && "value" in own ? own.value : accessor && apply(accessor, error, []);
    return typeof stack === "string" ? stack : undefined;
  }

  /** V8 asks `Error.prepareStackTrace`, own or inherited; an own undefined stands in its way for a moment. */
  function withDefaultFormat<T>(read: () => T): T | undefined {
    if (!("prepareStackTrace" in NativeError)) return read();
    const own = describe(NativeError, "prepareStackTrace");
    const none = { __proto__: null, value: undefined, configurable: true, enumerable: true, writable: true };
    if (own?.configurable === false || !defineProperty(NativeError, "prepareStackTrace", none))
      return undefined;
    try {
      return read();
    } finally {
      if (own) defineProperty(NativeError, "prepareStackTrace", own);
      else deleteProperty(NativeError, "prepareStackTrace");
    }
  }

  function withoutHeader(stack: string): string {
    return slice(stack, 0, 5) === "Error" ? slice(stack, 6) : stack;
  }

  function withoutOwnLines(stack: string): string {
    if (!ownScript) return stack;
    let kept = "";
    for (let start = 0; start < stack.length; ) {
      const newline = indexOf(stack, "\n", start);
      const end = newline < 0 ? stack.length : newline;
      const line = slice(stack, start, end);
      if (indexOf(line, ownScript) < 0) kept += kept ? `\n${line}` : line;
      start = end + 1;
    }
    return kept;
  }

  /** The frame that ours had pushed out comes back; no more than the page asked for. */
  function withinLimit(stack: string): string {
    const limit = describe(NativeError, "stackTraceLimit")?.value;
    if (typeof limit !== "number") return stack;
    let at = indexOf(stack, frameStart);
    for (let frames = 0; at >= 0; frames++) {
      if (frames >= limit) return slice(stack, 0, at);
      at = indexOf(stack, frameStart, at + 1);
    }
    return stack;
  }

  /** The address of this script where it is an extension's, and so tells our frames from the page's. */
  function scriptOf(stack: string): string | undefined {
    const scheme = indexOf(stack, "-extension://");
    if (scheme < 0) return undefined;
    const lineStart = lastIndexOf(stack, "\n", scheme) + 1;
    const newline = indexOf(stack, "\n", scheme);
    const line = slice(stack, lineStart, newline < 0 ? stack.length : newline);
    let start = indexOf(line, "-extension://");
    while (start && isLetter(line[start - 1]!)) start--;
    let end = lastIndexOf(line, ":");
    end = lastIndexOf(line, ":", end - 1);
    return slice(line, start, end);
  }
}

/** How V8 begins the line of a frame. */
const frameStart = "\n    at ";

function isLetter(character: string): boolean {
  return character >= "a" && character <= "z";
}
