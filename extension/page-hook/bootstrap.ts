import type { BootstrapSecrets } from "../../src/link/bootstrapScript.js";
import { base64url } from "./base64url.js";
import { installHook } from "./installHook.js";
import { attempt } from "./natives.js";
import { createReadout } from "./readout.js";

/** Stands for the options until `bootstrapScript` puts them in. */
declare const __KEYHOLE_BOOTSTRAP__: BootstrapSecrets;

// Nobody hears what goes wrong in a bootstrap script, least of all the page.
attempt(() => {
  const { link, answer } = createReadout(window, __KEYHOLE_BOOTSTRAP__);
  installHook(window, link, __KEYHOLE_VERSION__, base64url, answer);
});
