/** One line of the table that `npm run bench` prints. */
export interface Row {
  what: string;
  /** ready to show, with its unit */
  measured: string;
  /** the same job without Keyhole, or by another program, in the same run */
  beside?: string;
  /** measured / beside */
  ratio?: number;
  /** by further programs, in the same run */
  others?: string;
  /** "≤ 6 KiB" */
  bound?: string;
  /** the bound holds; absent where there is none */
  holds?: boolean;
}

/** What a `*.bench.ts` file exports as default. */
export type Bench = () => Promise<Row[]>;
