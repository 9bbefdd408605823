import { expect, test } from "vitest";
import { describeHook } from "../../../extension/sources/describeHook.js";
import { aRealm } from "../../support/realmEvents.js";

const realm = aRealm();
const shown = { isSecureContext: true, startedAt: realm.startedAt };
const hooked = (hook: Partial<typeof realm.hook>) => ({ ...realm, hook: { ...realm.hook, ...hook } });

test.each([
  ["in time", realm, shown, "live", "Hooked before the page's first script"],
  [
    "in time, and the page cannot be asked",
    realm,
    undefined,
    "live",
    "Hooked before the page's first script",
  ],
  [
    "late",
    hooked({ readyState: "complete", installedAt: realm.startedAt + 3210 }),
    shown,
    "live",
    "Hooked 3.2 s late: earlier calls are missing",
  ],
  [
    "not first",
    hooked({ native: false }),
    shown,
    "live",
    "Hooked before the page's first script; another script had replaced the API before",
  ],
  [
    "not at all",
    undefined,
    shown,
    "lost",
    "Not hooked: reload the page (it was opened before Keyhole, or Keyhole is not allowed on this site)",
  ],
  [
    "not on this site",
    undefined,
    { ...shown, isAllowed: false, isOlder: true },
    "lost",
    "Not allowed on this site: let Keyhole read it, by the browser's menu of extensions, and reload the page",
  ],
  [
    "not on a page that is not secure, allowed or not",
    undefined,
    { isSecureContext: false, startedAt: realm.startedAt, isAllowed: false, isOlder: true },
    "lost",
    "Not a secure page: Keyhole works on https and localhost",
  ],
  [
    "not on a page that was there first",
    undefined,
    { ...shown, isAllowed: true, isOlder: true },
    "lost",
    "Not hooked: the page was opened before Keyhole was installed, updated or switched on. Its calls since then are missing, and an update empties the log. Reload the page",
  ],
  [
    "not, for no reason that is known",
    undefined,
    { ...shown, isAllowed: true, isOlder: false },
    "lost",
    "Not hooked: reload the page",
  ],
  [
    "on the page before this one",
    realm,
    { isSecureContext: true, startedAt: realm.startedAt + 60_000 },
    "lost",
    "Not hooked: reload the page (it was opened before Keyhole, or Keyhole is not allowed on this site)",
  ],
  [
    "on the page before this one, which is not secure",
    realm,
    { isSecureContext: false, startedAt: realm.startedAt + 60_000 },
    "lost",
    "Not a secure page: Keyhole works on https and localhost",
  ],
  ["nowhere", undefined, undefined, "lost", "Not hooked: open or reload a page on https or localhost"],
] as const)("hooked %s", (_, realm, page, state, sentence) => {
  expect(describeHook(realm, page)).toEqual({ state, sentence });
});
