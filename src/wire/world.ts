/** What the wire needs of the place where it runs: an extension page, or Node. */
export interface WireWorld {
  /** Starts to connect; never throws. After `closed`, nothing more is heard. */
  openSocket(url: string, listener: SocketListener): WireSocket;
  /** Rejects where nothing answers, or where its answer may not be read. */
  getText(url: string): Promise<{ status: number; text: string }>;
  /** Whether anything at all answers there, be it that the answer may not be read. Absent: who answers can be read. */
  isAnswering?(url: string): Promise<boolean>;
  /** Runs `task` later, unless what is returned is called before. */
  after(milliseconds: number, task: () => void): () => void;
}

export interface SocketListener {
  opened(): void;
  message(text: string): void;
  /** code: 1006 where the connection broke, or was refused. @see https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
  closed(code: number, reason: string): void;
}

export interface WireSocket {
  send(text: string): void;
  close(): void;
}
