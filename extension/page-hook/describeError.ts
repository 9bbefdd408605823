import { attempt, getter, isObject, type Scope, shorten } from "./natives.js";

export interface DescribedError {
  name: string;
  message: string;
  isDOMException: boolean;
}

/**
 * Makes the function that tells name and message of whatever was thrown, without throwing itself. A
 * reason that is no error (a page may abort with any value) has the name of its type.
 */
export function createDescribeError(scope: Scope) {
  const exceptionName = getter(scope.DOMException?.prototype, "name");
  const exceptionMessage = getter(scope.DOMException?.prototype, "message");

  return (error: unknown): DescribedError => {
    let name = attempt(() => exceptionName(error));
    const isDOMException = name !== undefined;
    const message = attempt(() =>
      isDOMException
        ? exceptionMessage(error)
        : isObject(error)
          ? (error as unknown as Error).message
          : `${error}`,
    );
    name ??= attempt(() => (error as Error).name);
    return {
      __proto__: null,
      name: typeof name === "string" ? shorten(name) : typeof error,
      message: typeof message === "string" ? shorten(message) : "",
      isDOMException,
    } as DescribedError;
  };
}
