/** documented: a vendor or specification says so; source: read in WebKit's source; observed:
 * independent reports with a reproduction; inferred: our reading, needs a device. */
export type Confidence = "documented" | "source" | "observed" | "inferred";

export interface Reference {
  label: string;
  url: string;
}

/** A section of WebAuthn Level 3, by its anchor. */
export function spec(anchor: string, label: string): Reference {
  return { label: `WebAuthn Level 3: ${label}`, url: `https://www.w3.org/TR/webauthn-3/#${anchor}` };
}

export function webkitBug(number: number): Reference {
  return { label: `WebKit bug ${number}`, url: `https://bugs.webkit.org/show_bug.cgi?id=${number}` };
}

export function webkitPull(number: number): Reference {
  return { label: `WebKit pull request ${number}`, url: `https://github.com/WebKit/WebKit/pull/${number}` };
}

/** A file of WebKit, by its path under Source/. */
export function webkitSource(path: string): Reference {
  return {
    label: `WebKit source: ${path.split("/").at(-1)}`,
    url: `https://github.com/WebKit/WebKit/blob/main/Source/${path}`,
  };
}

/** A thread of the Apple developer forums. */
export function appleForum(thread: number): Reference {
  return {
    label: `Apple developer forums ${thread}`,
    url: `https://developer.apple.com/forums/thread/${thread}`,
  };
}

/** An issue or pull request on GitHub: "MasterKale/SimpleWebAuthn#467". */
export function github(thread: `${string}/${string}#${number}`): Reference {
  const [repository, number] = thread.split("#");
  return { label: thread, url: `https://github.com/${repository}/issues/${number}` };
}

/** MDN's browser compatibility data, by file under its root: "api/PublicKeyCredential.json". */
export function compatibilityData(file: string): Reference {
  return {
    label: `Browser compatibility data: ${file}`,
    url: `https://github.com/mdn/browser-compat-data/blob/main/${file}`,
  };
}

export const PASSKEYS_DEV_IOS: Reference = {
  label: "passkeys.dev: iOS and iPadOS",
  url: "https://passkeys.dev/docs/reference/ios/",
};

export const PASSKEYS_DEV_MACOS: Reference = {
  label: "passkeys.dev: macOS",
  url: "https://passkeys.dev/docs/reference/macos/",
};

export const PASSKEYS_DEV_DEVICE_SUPPORT: Reference = {
  label: "passkeys.dev: device support",
  url: "https://passkeys.dev/device-support/",
};

export const PASSKEYS_DEV_RELATED_ORIGINS: Reference = {
  label: "passkeys.dev: related origin requests",
  url: "https://passkeys.dev/docs/advanced/related-origins/",
};

export const SIMPLEWEBAUTHN_QUIRKS: Reference = {
  label: "SimpleWebAuthn: browser quirks",
  url: "https://simplewebauthn.dev/docs/advanced/browser-quirks",
};

const WEBAUTHN_IN_WEBCORE = "WebCore/Modules/webauthn";
const WEBAUTHN_IN_UI_PROCESS = "WebKit/UIProcess/WebAuthentication";

/** Checks the options before any sheet is shown. */
export const AUTHENTICATOR_COORDINATOR = webkitSource(`${WEBAUTHN_IN_WEBCORE}/AuthenticatorCoordinator.cpp`);

/** Turns the options into the requests that the system's sheet is made from. */
export const COORDINATOR_PROXY = webkitSource(
  `${WEBAUTHN_IN_UI_PROCESS}/Cocoa/WebAuthenticatorCoordinatorProxy.mm`,
);

/** Apple's own passkeys. */
export const LOCAL_AUTHENTICATOR = webkitSource(`${WEBAUTHN_IN_UI_PROCESS}/Cocoa/LocalAuthenticator.mm`);

/** Checks what goes before any kind of credential: focus, activity of the document, kinds. */
export const CREDENTIALS_CONTAINER = webkitSource(
  "WebCore/Modules/credentialmanagement/CredentialsContainer.cpp",
);

/** An interface, dictionary or enumeration of WebAuthn, as WebKit declares it. */
export function webkitIdl(name: string): Reference {
  return webkitSource(`${WEBAUTHN_IN_WEBCORE}/${name}.idl`);
}

/** Reads and writes the JSON forms. */
export const PUBLIC_KEY_CREDENTIAL = webkitSource(`${WEBAUTHN_IN_WEBCORE}/PublicKeyCredential.cpp`);
