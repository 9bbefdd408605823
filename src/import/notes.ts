import type { Problem } from "../bytes/problem.js";

/** What could not be read while something was imported: all of it counted, the first of it with places. */
export class Notes {
  readonly problems: Problem[] = [];
  count = 0;

  /** `at`: JSON pointer, line, or another place in words; it comes first in the sentence. */
  note(code: string, message: string, at = "", place: { offset?: number; length?: number } = {}): void {
    this.count++;
    if (this.problems.length >= KEPT) return;
    const { offset = 0, length = 0 } = place;
    const problem = { code, message: at ? `${at}: ${message}` : message, offset, length };
    this.problems.push(at.startsWith("/") ? { ...problem, path: at } : problem);
  }

  adopt(problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.count++;
      if (this.problems.length < KEPT) this.problems.push(problem);
    }
  }
}

const KEPT = 100;
