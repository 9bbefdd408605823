import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { linkToHook } from "../../../extension/content/linkToHook.js";
import { PORT, PORT_WANTED } from "../../../extension/page-hook/portEvents.js";

// Node's own cannot be cancelled, whatever it is told.
class CancelableMessageEvent extends Event {
  readonly ports: MessagePort[];
  constructor(type: string, { ports, ...init }: EventInit & { ports: MessagePort[] }) {
    super(type, init);
    this.ports = ports;
  }
}
beforeAll(() => void vi.stubGlobal("MessageEvent", CancelableMessageEvent));
afterAll(() => void vi.unstubAllGlobals());

/** What a hook does, once: takes the first port that it sees, having asked for it if need be. */
function hookInto(scope: EventTarget): { port?: MessagePort } {
  const hook: { port?: MessagePort } = {};
  const take = (event: Event) => {
    event.preventDefault();
    hook.port = (event as MessageEvent).ports[0]!;
    scope.removeEventListener(PORT, take);
  };
  scope.addEventListener(PORT, take);
  scope.dispatchEvent(new Event(PORT_WANTED));
  return hook;
}

const say = ({ port }: { port?: MessagePort }, data: unknown) =>
  port!.dispatchEvent(Object.assign(new Event("message"), { data }));

test.each(["hook", "content script"])("they meet when the %s comes first", async (first) => {
  const scope = new EventTarget();
  const received: unknown[] = [];
  let hook = first === "hook" ? hookInto(scope) : undefined;
  linkToHook(
    scope,
    (data) => received.push(data),
    () => false,
  );
  hook ??= hookInto(scope);
  say(hook, "hello");
  say(hook, "again");
  // The page waits for the task in which it is said.
  expect(received).toEqual([]);
  await vi.waitFor(() => expect(received).toEqual(["hello", "again"]));
  say(hook, "later");
  await vi.waitFor(() => expect(received).toEqual(["hello", "again", "later"]));
  hook.port!.close();
});

test("what is said while the document goes is received at once, once", async () => {
  const scope = new EventTarget();
  const received: unknown[] = [];
  let isLeaving = false;
  const handOver = linkToHook(
    scope,
    (data) => received.push(data),
    () => isLeaving,
  );
  const hook = hookInto(scope);
  say(hook, "before");
  handOver();
  expect(received).toEqual(["before"]);
  isLeaving = true;
  say(hook, "last");
  expect(received).toEqual(["before", "last"]);
  isLeaving = false;
  say(hook, "back");
  await vi.waitFor(() => expect(received).toEqual(["before", "last", "back"]));
  hook.port!.close();
});

test("whoever asks after the hook gets nothing, not even within the same task", () => {
  const scope = new EventTarget();
  linkToHook(
    scope,
    () => {},
    () => false,
  );
  const { port } = hookInto(scope);
  expect(hookInto(scope).port).toBeUndefined();
  port!.close();
});
