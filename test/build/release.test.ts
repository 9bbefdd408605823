import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { SIZE_LIMITS, sizeProblems } from "../../packaging/release/sizes.js";
import {
  auditProblems,
  builtInPackages,
  type LockedPackage,
  licenceProblems,
  lockProblems,
} from "../../packaging/release/supply.js";
import { changelogProblems, versionProblems } from "../../packaging/release/versions.js";
import { toHtml } from "../../src/index.js";
import { recordingOf } from "../support/recordings.js";
import { readBuilt } from "./built.js";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

test("the version is the same everywhere, and three numbers", () => {
  const { version } = JSON.parse(read("package.json"));
  expect(
    versionProblems({ "package.json": version, lock: JSON.parse(read("package-lock.json")).version }),
  ).toEqual([]);
  expect(versionProblems({ "package.json": "1.2.0", lock: "1.1.0", manifest: undefined })).toEqual([
    "lock has 1.1.0, package.json has 1.2.0",
    "manifest has undefined, package.json has 1.2.0",
  ]);
  expect(versionProblems({ "package.json": "1.2.0-beta.1" })).toEqual([
    'package.json has "1.2.0-beta.1", not three numbers',
  ]);
});

describe("the changelog", () => {
  const written = (...sections: string[]) => `# Changelog\n\n${sections.join("\n\n")}\n`;
  const check = (...sections: string[]) => changelogProblems(written(...sections), "1.2.0", "2026-05-04");
  const waiting = "## [Unreleased]";
  const own = "## [1.2.0] - 2026-05-04\n\n### Added\n\n- This.";

  test("is ready with a dated section for the version and nothing that waits", () => {
    expect(check(waiting, own, "## [1.1.0] - 2026-01-01\n\n- That.")).toEqual([]);
  });

  test.each([
    [[own], /no section \[Unreleased\]/],
    [[`${waiting}\n\n### Added\n\n- More.`, own], /under \[Unreleased\] belongs to \[1\.2\.0\]/],
    [[waiting, "## [1.1.0] - 2026-01-01\n\n- That."], /no section \[1\.2\.0\]/],
    [[waiting, "## [1.1.0] - 2026-01-01\n\n- That.", own], /not the newest/],
    [[waiting, "## [1.2.0]\n\n- This."], /has no date: "## \[1\.2\.0\] - 2026-05-04"/],
    [[waiting, own.replace("05-04", "05-05")], /is of 2026-05-05, which is to come/],
    [[waiting, "## [1.2.0] - 2026-05-04\n\n### Added"], /says nothing/],
  ])("is not ready: %o", (sections, problem) => {
    expect(check(...sections)).toEqual([expect.stringMatching(problem)]);
  });
});

describe("the lock file", () => {
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, LockedPackage> };
  const NO_HASH = "without a hash, so lock a version that the registry has for every system: x";

  test("names every package by its hash, and no address", () => {
    expect(lockProblems(lock)).toEqual([]);
  });

  test.each([
    [{ resolved: "https://mirror.example/x.tgz", integrity: "sha512-x" }, "from an address of its own: x"],
    [{}, NO_HASH],
    [{ integrity: "sha1-x" }, NO_HASH],
    [{ link: true }, "a folder, not a package: x"],
  ])("%o is found", (changed, problem) => {
    const good = { "node_modules/y": { integrity: "sha512-y" } };
    expect(lockProblems({ packages: good })).toEqual([]);
    const packages: Record<string, LockedPackage> = { ...good, "node_modules/y/node_modules/x": changed };
    expect(lockProblems({ packages })).toEqual([problem]);
  });

  test("without packages is found", () => {
    expect(lockProblems({})).toHaveLength(1);
  });
});

describe("the licences of what is built in", () => {
  const direct = builtInPackages(read("ARCHITECTURE.md"))
    .filter(({ importedIn }) => !importedIn.startsWith("cli"))
    .map(({ name }) => name);
  const licences = readBuilt("chrome/LICENSES.md");

  test("are all there, and let it be passed on", () => {
    expect(direct).toEqual(expect.arrayContaining(["preact", "tldts", "webextension-polyfill"]));
    expect(licenceProblems(licences, direct)).toEqual([]);
  });

  test("stand in a recording that was exported as a web page, with Keyhole's own", () => {
    const page = toHtml(recordingOf([]), readBuilt("standalone/viewer.html"));
    const [, notice = ""] = /<!--([\s\S]*?)-->/.exec(page) ?? [];
    expect(licenceProblems(notice, ["preact", "@preact/signals", "tldts", "valibot"])).toEqual([]);
    expect(notice).toContain(read("LICENSE").trim());
  });

  test("are missed, wrong or without a text, and that is found", () => {
    expect(licenceProblems(licences, [...direct, "left-pad"])).toEqual([
      "left-pad is built in, and not among them",
    ]);
    expect(licenceProblems(licences.replace("(MIT)", "(GPL-3.0-only)"), direct)).toEqual([
      expect.stringMatching(/is under "GPL-3\.0-only"/),
    ]);
    expect(licenceProblems(`${licences}\n\n## x 1.0.0 (none named)\n\nNothing.`, direct)).toEqual([
      'x is under "none named"',
      "x has no text of a licence",
    ]);
  });
});

test("what is heavier than it may be, or was not measured, is found", () => {
  expect(sizeProblems(SIZE_LIMITS)).toEqual([]);
  expect(sizeProblems({ ...SIZE_LIMITS, "content.js": 3_073 })).toEqual([
    "content.js has 3073 of at most 3072 bytes, gzipped",
  ]);
  const { "page-hook.js": _, ...others } = SIZE_LIMITS;
  expect(sizeProblems(others)).toEqual(["page-hook.js was not measured"]);
});

test("what npm knows of vulnerable packages is told; where it cannot be asked, that is not taken for good", () => {
  expect(auditProblems({ vulnerabilities: {} })).toEqual([]);
  expect(auditProblems({ vulnerabilities: { ws: { severity: "high", range: "<8" } } })).toEqual([
    "ws <8: high",
  ]);
  expect(auditProblems({ message: "405 Method Not Allowed", statusCode: 405 })).toBeUndefined();
  expect(auditProblems(undefined)).toBeUndefined();
});
