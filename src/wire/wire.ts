import type { StatusId } from "../source/statuses.js";
import type { Values } from "../spec/sentence.js";

/** A connection to a page in another browser or on another device. */
export interface Wire {
  close(): void;
}

/** Hears what comes through a wire. */
export interface WireListener {
  /** The other side has answered, in the protocol that was expected. */
  attached(): void;
  /** A page or frame that can be asked from now on; the hook may be in it, or not. */
  document(document: WireDocument): void;
  /** A document that is no longer there. */
  gone(document: WireDocument): void;
  /** Something that a page wrote to its console, or pushed in another way: anything at all. */
  pushed(text: string): void;
  /** Something that makes the log worse than it could be. */
  problem(id: StatusId, values?: Values): void;
  /** Nothing more is heard after it, nor is it heard after `Wire.close`. */
  closed(closing: Closing): void;
}

/** Why a wire ended by itself. */
export interface Closing {
  why:
    | "unreachable"
    | "cut"
    /** another inspector has taken the page */
    | "taken"
    /** the page was closed, or its number is another one now */
    | "gone"
    /** the other side does not know the commands that Keyhole needs */
    | "too-old";
  /** what the other side said of it */
  detail?: string;
}

export interface WireDocument {
  /**
   * Evaluates in the page's own world, and resolves with the value if that is a text. Undefined where the
   * document does not answer any more.
   */
  evaluate(expression: string): Promise<string | undefined>;
  /** The hook is in it: what was there for it alone can be taken away. */
  hooked?(): void;
}
