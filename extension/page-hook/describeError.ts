import type { Natives } from "./natives.js";

export interface DescribedError {
  name: string;
  message: string;
  isDOMException: boolean;
}

/**
 * Name and message of whatever was thrown. A reason that is no error (a page may abort with any
 * value) has the name of its type. `onlyErrors`: undefined for these. May throw where the page's
 * own getters do.
 */
export function createDescribeError(natives: Natives) {
  const exceptionName = natives.getter<string>("DOMException", "name");
  const exceptionMessage = natives.getter<string>("DOMException", "message");
  const errorPrototype = natives.Error.prototype;

  function describeError(error: unknown): DescribedError;
  function describeError(error: unknown, onlyErrors: true): DescribedError | undefined;
  function describeError(error: unknown, onlyErrors?: true): DescribedError | undefined {
    try {
      return {
        name: exceptionName(error),
        message: exceptionMessage(error),
        isDOMException: true,
      };
    } catch {
      // not a DOMException
    }
    const isObject = typeof error === "object" && error !== null;
    if (onlyErrors && !(isObject && inheritsFromError(error))) return undefined;
    const { name, message } = isObject ? (error as { name: unknown; message: unknown }) : noMembers;
    return {
      name: typeof name === "string" ? name : typeof error,
      message: typeof message === "string" ? message : isObject ? "" : primitiveToText(error),
      isDOMException: false,
    };
  }

  function inheritsFromError(value: object): boolean {
    for (let holder = natives.getPrototypeOf(value); holder; holder = natives.getPrototypeOf(holder))
      if (holder === errorPrototype) return true;
    return false;
  }

  function primitiveToText(value: unknown): string {
    return typeof value === "symbol" || typeof value === "function" ? "" : `${value}`;
  }

  return describeError;
}

const noMembers = { name: undefined, message: undefined };
