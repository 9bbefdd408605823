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

/** What goes along with what the packages are built into. own: Keyhole's licence, or the word where it is. */
export const describeLicences = (licences: readonly Licence[], own: string): string =>
  [
    "# Licences",
    own,
    "Built into it are:",
    ...licences.map(
      ({ name, version, identifier, text }) =>
        `## ${name} ${version} (${identifier ?? "none named"})\n\n${text ?? "It comes without a text."}`,
    ),
  ]
    .join("\n\n")
    // Some come with the line ends of another system, which a page that says them again does not keep.
    .replaceAll("\r\n", "\n")
    .concat("\n");
