/** What came of `devtools.inspectedWindow.eval`: a value, or the words that say why there is none. */
export type EvalAnswer = { value: unknown } | { problem: string };

/**
 * The answer of `inspectedWindow.eval` in the shape of every browser: Chrome gives the value, or value
 * and exception info by two arguments (which the polyfill makes an array); Firefox an array of both; Safari
 * an array of both, the second one undefined where all is well. Expressions are to return texts,
 * never arrays.
 */
export function readEvalAnswer(answer: unknown): EvalAnswer {
  const [value, info] = Array.isArray(answer) ? (answer as unknown[]) : [answer];
  if (typeof info !== "object" || info === null) return { value };
  const { isException, isError, value: thrown, description, code } = info as Record<string, unknown>;
  if (!isException && !isError) return { value };
  return { problem: String(thrown ?? description ?? code ?? "the page threw something") };
}
