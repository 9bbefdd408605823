/** The version in package.json, filled in by the build. */
declare const __KEYHOLE_VERSION__: string;
