import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  bootstrapScript,
  type Call,
  createLinkKey,
  parsePushedLine,
  parseReading,
  type Realm,
  readExpression,
  receiveReadings,
} from "../../src/index.js";
import type { AnyFrame, Driver } from "./driver.js";

export interface Follower {
  realm(realm: Realm): void;
  /** a call that began after the follower came, or more of it */
  call(call: Call): void;
  gap(count: number): void;
}

export interface Link {
  /** The way to stop it is returned. */
  subscribe(follower: Follower): () => void;
  /** Resolves when everything that was called up to now has been told. */
  read(): Promise<void>;
}

/** Hooks the pages of a driver, and listens to them from then on. */
export async function openLink(driver: Driver): Promise<Link> {
  const key = createLinkKey();
  const built = await readFile(join(import.meta.dirname, "../hook/keyhole-bootstrap.js"), "utf8");
  const script = bootstrapScript(built, { key, via: "library", console: "events" });
  const realms = new Map<string, Realm>();
  const followers = new Set<Follower>();
  /** who is told of a call: those who were there when it began */
  const told = new Map<string, Set<Follower>>();

  const receiver = receiveReadings({
    realm(realm) {
      realms.set(realm.id, realm);
      for (const each of followers) each.realm(realm);
    },
    call(call) {
      const listeners = told.get(call.id) ?? new Set(followers);
      told.set(call.id, listeners);
      for (const each of listeners) each.call(call);
    },
    gap(count) {
      for (const each of followers) each.gap(count);
    },
  });
  const take = (reading: ReturnType<typeof parseReading>["reading"]) => reading && receiver.take(reading);

  await driver.follow({ script, said: (line) => take(parsePushedLine(line, key)?.reading) });
  return {
    subscribe(follower) {
      for (const realm of realms.values()) follower.realm(realm);
      followers.add(follower);
      return () => {
        followers.delete(follower);
        for (const listeners of told.values()) listeners.delete(follower);
      };
    },
    // The frames are asked for what their consoles have not told yet.
    read: async () => void (await Promise.all((await driver.frames()).map(readFrame))),
  };

  async function readFrame(frame: AnyFrame): Promise<void> {
    // A frame that goes has told what it had to tell on the console.
    const answer = await frame.evaluate(readExpression({ key })).catch(() => undefined);
    if (answer !== undefined) take(parseReading(answer).reading);
  }
}
