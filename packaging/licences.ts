/** A package in a bundle, as Vite's `build.license` tells it in JSON. */
export interface Licence {
  name: string;
  version: string;
  /** SPDX; absent where its package.json says none */
  identifier?: string;
  /** absent where it comes without one */
  text?: string;
}

/** Packages of several bundles, each once, by name. */
export function mergeLicences(bundles: readonly (readonly Licence[])[]): Licence[] {
  const byPackage = new Map(bundles.flat().map((licence) => [`${licence.name}@${licence.version}`, licence]));
  return [...byPackage].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, licence]) => licence);
}

/** The file that goes along with what the packages are built into. */
export const describeLicences = (licences: readonly Licence[]): string =>
  [
    "# Licences",
    "Keyhole's own is in LICENSE. Built into it are:",
    ...licences.map(
      ({ name, version, identifier, text }) =>
        `## ${name} ${version} (${identifier ?? "none named"})\n\n${text ?? "It comes without a text."}`,
    ),
  ]
    .join("\n\n")
    .concat("\n");
