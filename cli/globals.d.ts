/** package.json's version, put in by the build. */
declare const __KEYHOLE_VERSION__: string;
