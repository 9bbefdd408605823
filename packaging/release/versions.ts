/** Where the version stands, by file: all the same, and one that stores take. */
export function versionProblems(versions: Readonly<Record<string, string | undefined>>): string[] {
  const [[first, version] = ["", undefined]] = Object.entries(versions);
  const others = Object.entries(versions).filter(([, other]) => other !== version);
  return [
    ...(/^\d+\.\d+\.\d+$/.test(version ?? "") ? [] : [`${first} has "${version}", not three numbers`]),
    ...others.map(([file, other]) => `${file} has ${other}, ${first} has ${version}`),
  ];
}

/**
 * What is to be written before a release: a dated section for the version, above older ones, and nothing that
 * waits under "Unreleased". today: YYYY-MM-DD.
 */
export function changelogProblems(changelog: string, version: string, today: string): string[] {
  const sections = changelog.split(/^## /m).slice(1);
  const bodyOf = (section = "") => section.slice(section.indexOf("\n")).replace(/^#.*$/gm, "").trim();
  const own = sections.findIndex((section) => section.startsWith(`[${version}]`));
  const waiting = sections.find((section) => section.startsWith("[Unreleased]"));
  const problems: string[] = [];
  if (waiting === undefined) problems.push("there is no section [Unreleased] for what comes next");
  else if (bodyOf(waiting) !== "") problems.push(`what stands under [Unreleased] belongs to [${version}]`);
  if (own < 0) return [...problems, `there is no section [${version}]`];
  if (own > (waiting === undefined ? 0 : 1)) problems.push(`[${version}] is not the newest section`);
  const date = /^\[[^\]]+\] - (\d{4}-\d{2}-\d{2})$/m.exec(sections[own]!)?.[1];
  if (date === undefined) problems.push(`[${version}] has no date: "## [${version}] - ${today}"`);
  else if (date > today) problems.push(`[${version}] is of ${date}, which is to come`);
  if (bodyOf(sections[own]) === "") problems.push(`[${version}] says nothing`);
  return problems;
}
