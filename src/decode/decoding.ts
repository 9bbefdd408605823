import type { Field, Problem } from "../bytes/problem.js";
import type { CborItem } from "../cbor/cborLayout.js";
import type { Decoded } from "./decoded.js";

/** What a decoder notes while it reads: the place of each member, and what was wrong. */
export class Decoding {
  readonly fields: Field[] = [];
  readonly problems: Problem[] = [];

  /** What is returned may get its length later: a member's own members come after it. */
  field(path: string, offset: number, length: number): Field {
    const field = { path, offset, length };
    this.fields.push(field);
    return field;
  }

  problem(code: string, message: string, offset: number, length: number, path?: string): void {
    this.problems.push(
      path === undefined ? { code, message, offset, length } : { code, message, offset, length, path },
    );
  }

  /** Notes the problems of an inner decoder under the member that it decoded. */
  adopt(problems: readonly Problem[], path: string): void {
    for (const problem of problems) this.problems.push(path ? { path, ...problem } : problem);
  }

  item(path: string, { offset, length }: CborItem): void {
    this.field(path, offset, length);
  }

  result<T>(value: Partial<T>, consumed: number): Decoded<T> {
    return { value, fields: this.fields, problems: this.problems, consumed };
  }
}
