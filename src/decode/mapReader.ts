import type { CborEntry } from "../cbor/decodeCborMap.js";
import type { Decoding } from "./decoding.js";

/**
 * Takes the members of a decoded CBOR map one by one, notes their places, and says which were
 * missing, of another type, or never asked for.
 */
export class MapReader {
  readonly #known = new Set<number | string>();

  constructor(
    readonly entries: readonly CborEntry[],
    readonly decoding: Decoding,
    /** goes before the members' names in paths */
    readonly path: string,
    /** place of the whole map */
    private readonly place: { offset: number; length: number },
    /** what the map is, in messages and as prefix of problem codes: "COSE key", "cose-key" */
    private readonly name: string,
    private readonly code: string,
  ) {}

  /** The pair with this label; a missing one is a problem unless it is optional. */
  entry(label: number | string, member: string, optional = false): CborEntry | undefined {
    this.#known.add(label);
    let entry: CborEntry | undefined;
    for (const candidate of this.entries) if (candidate.label === label) entry = candidate;
    if (entry) this.decoding.item(this.at(member), entry.item);
    else if (!optional) {
      const which = typeof label === "string" ? label : `${member} (label ${label})`;
      const { offset, length } = this.place;
      this.problem("member-missing", `The ${this.name} has no ${which}.`, offset, length, member);
    }
    return entry;
  }

  integer(label: number | string, member: string, optional = false): number | undefined {
    const entry = this.entry(label, member, optional);
    if (!entry || (typeof entry.value === "number" && Number.isInteger(entry.value)))
      return entry?.value as number | undefined;
    this.mistyped(entry, member, "an integer");
    return undefined;
  }

  text(label: number | string, member: string, optional = false): string | undefined {
    const entry = this.entry(label, member, optional);
    if (!entry || typeof entry.value === "string") return entry?.value as string | undefined;
    this.mistyped(entry, member, "text");
    return undefined;
  }

  bytes(label: number | string, member: string, optional = false): Uint8Array | undefined {
    const entry = this.entry(label, member, optional);
    if (!entry || entry.value instanceof Uint8Array) return entry?.value as Uint8Array | undefined;
    this.mistyped(entry, member, "a byte string");
    return undefined;
  }

  /** The pairs that nobody asked for. */
  others(): CborEntry[] {
    return this.entries.filter(({ label }) => typeof label === "bigint" || !this.#known.has(label as number));
  }

  mistyped({ item }: Pick<CborEntry, "item">, member: string, wanted: string): void {
    const message = `${member} is ${item.diagnostic.slice(0, 40)}, not ${wanted}.`;
    this.problem("member-type", message, item.offset, item.length, member);
  }

  problem(code: string, message: string, offset: number, length: number, member: string): void {
    this.decoding.problem(`${this.code}-${code}`, message, offset, length, this.at(member));
  }

  at(member: string): string {
    return this.path ? `${this.path}.${member}` : member;
  }
}
