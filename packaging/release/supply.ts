export interface LockedPackage {
  /** absent: from the registry that npm is set to */
  resolved?: string;
  integrity?: string;
  link?: boolean;
}

/** What is wrong with the lock file: each package comes from the registry, and is known by its hash. */
export function lockProblems(lock: { packages?: Record<string, LockedPackage> }): string[] {
  const packages = Object.entries(lock.packages ?? {}).filter(([path]) => path !== "");
  if (packages.length === 0) return ["it names no packages"];
  const problems: string[] = [];
  const named = (isWrong: (locked: LockedPackage) => boolean, what: string) => {
    const names = packages.filter(([, locked]) => isWrong(locked)).map(([path]) => nameOf(path));
    if (names.length > 0) problems.push(`${what}: ${names.join(", ")}`);
  };
  named(({ link }) => link === true, "a folder, not a package");
  named(({ link, resolved }) => !link && resolved !== undefined, "from an address of its own");
  // As npm locks what the registry names but does not have, such as a part for another system.
  const hasNoHash = ({ integrity = "", link }: LockedPackage) => !link && !integrity.startsWith("sha512-");
  named(hasNoHash, "without a hash, so lock a version that the registry has for every system");
  return problems;
}

const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** Licences, by SPDX, under which what is built in may be passed on with ours. */
const LICENCES = ["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0"];

/** licences: a LICENSES.md of ours; direct: packages that have to be in it. */
export function licenceProblems(licences: string, direct: readonly string[]): string[] {
  const sections = licences.split(/^## (?=\S+ \d)/m).slice(1);
  const named = new Set(sections.map((section) => section.split(" ")[0]!));
  return [
    ...direct.filter((name) => !named.has(name)).map((name) => `${name} is built in, and not among them`),
    ...sections.flatMap((section) => {
      const [head = "", ...text] = section.split("\n");
      const [, name = head, licence = ""] = /^(\S+) \S+ \((.*)\)$/.exec(head) ?? [];
      return [
        ...(LICENCES.includes(licence) ? [] : [`${name} is under "${licence}"`]),
        ...(/copyright|Mozilla Public License/i.test(text.join("\n"))
          ? []
          : [`${name} has no text of a licence`]),
      ];
    }),
  ];
}

/** The packages that ARCHITECTURE.md names as built in, with the folder in which each is imported. */
export function builtInPackages(architecture: string): { name: string; importedIn: string }[] {
  const [, section = ""] = architecture.split("## Dependencies");
  const [table = ""] = section.split("For development:");
  return [...table.matchAll(/^\| `([^`]+)`\s*\| `([^`]+)`/gm)].map(([, name, importedIn]) => ({
    name: name!,
    importedIn: importedIn!,
  }));
}

/** What `npm audit --json` says; undefined where it could not be asked. */
export function auditProblems(report: unknown): string[] | undefined {
  const { vulnerabilities } = (report ?? {}) as {
    vulnerabilities?: Record<string, { severity?: string; range?: string }>;
  };
  if (typeof vulnerabilities !== "object" || vulnerabilities === null) return undefined;
  return Object.entries(vulnerabilities).map(
    ([name, { severity, range }]) => `${name} ${range ?? ""}: ${severity ?? "unknown"}`,
  );
}
