import { say } from "./say.js";

/** Where a stack begins, in a few characters: "login.js:42". Understands V8's, WebKit's and Gecko's stacks. */
export function describeInitiator(stack: string | undefined): string | undefined {
  const frame =
    stack && /(?:https?|file|blob|webpack[\w-]*):[^\s()]*?:\d+(?::\d+)?(?=\)|\s|$)/.exec(stack)?.[0];
  if (!frame) return undefined;
  const [, url, line] = /^(.*?):(\d+)(?::\d+)?$/.exec(frame) ?? [];
  if (!url) return undefined;
  const path = url.replace(/[?#].*$/, "");
  const file = path.slice(path.lastIndexOf("/") + 1) || say("initiator_page");
  return `${file}:${line}`;
}
