import { stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";

/** What stands in a folder for a recording. */
const RECORDINGS = "**/*.keyhole.json";

/**
 * The files that the paths of a command line stand for, in their order, each once, written as seen
 * from `cwd`: a file whatever its name, a folder for the recordings in and below it, a pattern for the
 * files that match. `problems` names the paths that stand for nothing. "-" (standard input) is passed on.
 */
export async function findFiles(
  paths: readonly string[],
  cwd: string,
): Promise<{ files: string[]; problems: string[] }> {
  const files = new Set<string>();
  const problems: string[] = [];
  for (const path of paths) {
    const found = path === "-" ? [path] : await findAt(path, cwd);
    if (typeof found === "string") problems.push(found);
    else for (const file of found) files.add(file);
  }
  return { files: [...files], problems };
}

async function findAt(path: string, cwd: string): Promise<string[] | string> {
  const at = await stat(resolve(cwd, path)).catch((error: NodeJS.ErrnoException) => error);
  if (at instanceof Error) {
    if (at.code !== "ENOENT") return `${path}: ${describeFileError(at)}`;
    // Only now: a file may have a name that looks like a pattern.
    if (!isDynamicPattern(path)) return `${path}: there is no such file or folder.`;
    const matching = await list(path.split(sep).join("/"), cwd);
    return matching.length ? matching : `${path}: no file matches.`;
  }
  if (!at.isDirectory()) return [path];
  const inside = await list(RECORDINGS, resolve(cwd, path));
  if (inside.length === 0) return `${path}: there is no .keyhole.json file in this folder.`;
  return inside.map((name) => join(path, name));
}

async function list(pattern: string, cwd: string): Promise<string[]> {
  const found = await glob(pattern, { cwd, ignore: ["**/node_modules/**"], expandDirectories: false });
  return found.map((name) => (name.startsWith("/") ? relative(cwd, name) : name)).sort();
}

export function describeFileError({ code, message }: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    EACCES: "it may not be read.",
    EPERM: "it may not be read.",
    ENOENT: "there is no such file.",
    EISDIR: "it is a folder.",
    ELOOP: "its links lead in a circle.",
    EMFILE: "too many files are open.",
  };
  return (Object.hasOwn(known, code ?? "") && known[code!]) || `${message}.`;
}
