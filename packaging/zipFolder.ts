import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { type Zippable, zipSync } from "fflate";

/** The files of a folder as a zip: the same bytes for the same files, whenever and wherever it is made. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const files: Zippable = {};
  for (const path of paths.sort()) {
    const name = relative(folder, path).split(sep).join("/");
    files[name] = [await readFile(path), { mtime: EARLIEST, level: 9 }];
  }
  return zipSync(files);
}

/** The first moment that a zip can tell. Of this zone, as it is written in the clock's own figures. */
const EARLIEST = new Date(1980, 0, 1);
