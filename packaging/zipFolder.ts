import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Zippable, zipSync } from "fflate";

/** Files by their path within a folder, with slashes. */
export type Files = Map<string, Uint8Array>;

/** The files of a folder, by path. `isLeftOut` is asked of files and folders. */
export async function readFolder(folder: string, isLeftOut = (_path: string) => false): Promise<Files> {
  const files: Files = new Map();
  const read = async (within: string) => {
    for (const entry of await readdir(within, { withFileTypes: true })) {
      const path = join(within, entry.name);
      const name = relative(folder, path).split(sep).join("/");
      if (isLeftOut(name)) continue;
      if (entry.isDirectory()) await read(path);
      else if (entry.isFile()) files.set(name, await readFile(path));
    }
  };
  await read(folder);
  return files;
}

/** Files as a zip: the same bytes for the same files, whenever and wherever it is made. */
export function zipFiles(files: Files): Uint8Array {
  const entries: Zippable = {};
  // Not by `localeCompare`, which is of the machine.
  for (const name of [...files.keys()].sort())
    entries[name] = [files.get(name)!, { mtime: EARLIEST, level: 9 }];
  return zipSync(entries);
}

/** The first moment that a zip can tell. Of this zone, as it is written in the clock's own figures. */
const EARLIEST = new Date(1980, 0, 1);
