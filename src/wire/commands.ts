import type { Members, Message } from "./message.js";

/** Never rejects: what failed says so in `error`, also when the connection ends before the answer. */
export type Answer = { result: Members; error?: never } | { error: string; result?: never };

export interface Commands {
  /** more: members beside `params` */
  send(method: string, params?: Members, more?: Members): Promise<Answer>;
  /** Takes the answer to a command; false: the message is none. */
  receive(message: Message): boolean;
  /** No more answers will come. */
  end(): void;
  isOver(): boolean;
}

/** Numbers commands and finds the answers to them. `post` puts a command on its way, and says if that failed. */
export function createCommands(post: (text: string) => Promise<string | undefined>): Commands {
  const waiting = new Map<number, (answer: Answer) => void>();
  let count = 0;
  let isOver = false;

  return {
    send(method, params = {}, more = {}) {
      if (isOver) return Promise.resolve({ error: ENDED });
      const id = ++count;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        void post(JSON.stringify({ id, method, params, ...more })).then((error) => {
          if (error !== undefined && waiting.delete(id)) resolve({ error });
        });
      });
    },
    receive({ id, error, result }) {
      if (id === undefined) return false;
      waiting.get(id)?.(error === undefined ? { result } : { error });
      waiting.delete(id);
      return true;
    },
    end() {
      isOver = true;
      for (const resolve of waiting.values()) resolve({ error: ENDED });
      waiting.clear();
    },
    isOver: () => isOver,
  };
}

const ENDED = "the connection has ended";
