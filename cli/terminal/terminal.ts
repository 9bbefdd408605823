/** The edge of the world, as far as a command is concerned; a test passes one of its own. */
export interface Terminal {
  /** Results, to standard output. Resolves when whoever reads them keeps up. */
  write(text: string): Promise<void>;
  /** A line for the person, to standard error. */
  note(line: string): void;
  /** One line that the next one replaces; undefined takes it away. Shown on a terminal, not in a pipe. */
  progress(line: string | undefined): void;
  /** for what goes to standard output, and to standard error */
  paint: Paint;
  paintNote: Paint;
  stdin: AsyncIterable<Uint8Array>;
  /** a person types there */
  stdinIsTerminal: boolean;
  /** paths on the command line start from here */
  cwd: string;
  /** Resolves when the person wants an end (Ctrl+C). */
  interrupted: Promise<void>;
}

export type Style = "bold" | "dim" | "red" | "yellow" | "blue" | "green" | "underline";

/** A text in a style, or as it is where there are no colours. */
export type Paint = (style: Style, text: string) => string;
