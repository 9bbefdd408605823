/** Runs a program; undefined where that fails. */
export type Run = (program: string, args: readonly string[]) => string | undefined;

export interface SafariApp {
  /** the built extension */
  extension: string;
  /** where the Xcode project goes */
  project: string;
  bundleIdentifier: string;
}

/**
 * The command that makes an Xcode project, for macOS and iOS, of the built extension; or the sentence
 * that says why there is none. Xcode 26 has renamed Apple's tool.
 */
export function safariPackager(
  { extension, project, bundleIdentifier }: SafariApp,
  { platform, run }: { platform: NodeJS.Platform; run: Run },
): { args: string[] } | { why: string } {
  if (platform !== "darwin") return { why: "The Xcode project is made on a Mac with Xcode." };
  const tool = TOOLS.find((name) => run("xcrun", ["--find", name]) !== undefined);
  if (!tool)
    return {
      why: "The Xcode project needs Xcode, not its command line tools alone: xcode-select --print-path.",
    };
  return {
    args: [
      tool,
      extension,
      ...["--project-location", project],
      ...["--app-name", "Keyhole"],
      ...["--bundle-identifier", bundleIdentifier],
      ...["--swift", "--copy-resources", "--no-open", "--force"],
    ],
  };
}

const TOOLS = ["safari-web-extension-packager", "safari-web-extension-converter"];
