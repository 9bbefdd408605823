import type { Platform } from "./platforms.js";
import {
  AUTHENTICATOR_COORDINATOR,
  appleForum,
  COORDINATOR_PROXY,
  type Confidence,
  compatibilityData,
  github,
  PASSKEYS_DEV_DEVICE_SUPPORT,
  PASSKEYS_DEV_IOS,
  PASSKEYS_DEV_RELATED_ORIGINS,
  type Reference,
  SIMPLEWEBAUTHN_QUIRKS,
  webkitBug,
  webkitIdl,
  webkitPull,
} from "./references.js";
import { includesAllSince, includesVersion, type VersionRange, versionBefore } from "./versionRange.js";

/** Something that Safari on the iPhone can do, and since when. */
export interface Capability {
  /** a few words; code stands in backticks */
  name: string;
  /** the Safari versions that can; an open end is absent */
  ios: VersionRange | "never";
  /** one sentence: what the versions alone do not tell */
  note?: string;
  confidence: Confidence;
  references: readonly [Reference, ...Reference[]];
}

const STATICS = compatibilityData("api/PublicKeyCredential.json");
const CONTAINER = compatibilityData("api/CredentialsContainer.json");
const EXTENSION_INPUTS = webkitIdl("AuthenticationExtensionsClientInputs");

/**
 * What Safari on the iPhone can do, from which version on: the one place where these versions stand.
 * Rules take theirs from here, and so does the forecast.
 */
export const SUPPORT = {
  // ---------------------------------------------------------------- passkeys and how they are reached
  syncedPasskeys: {
    name: "passkeys that are synced",
    ios: { since: "16" },
    note: "On iOS 15 a credential stays on the one device.",
    confidence: "documented",
    references: [PASSKEYS_DEV_DEVICE_SUPPORT, PASSKEYS_DEV_IOS],
  },
  hybrid: {
    name: "passkeys of another device, by QR code",
    ios: { since: "16" },
    note: "Each time anew: an iPhone is never remembered.",
    confidence: "documented",
    references: [PASSKEYS_DEV_DEVICE_SUPPORT, PASSKEYS_DEV_IOS],
  },
  hybridTransport: {
    name: 'the transport `"hybrid"`',
    ios: { since: "16" },
    note: "Before that it is an unknown value, and the call is rejected with a TypeError.",
    confidence: "source",
    references: [webkitPull(1856)],
  },
  qrOnlyForHybrid: {
    name: "no QR code where no transport in `allowCredentials` says hybrid",
    ios: { since: "18.0" },
    confidence: "documented",
    references: [
      {
        label: "WebKit commit 280377@main",
        url: "https://www.mail-archive.com/webkit-changes@lists.webkit.org/msg216125.html",
      },
      COORDINATOR_PROXY,
    ],
  },
  otherProviders: {
    name: "passkeys in other password apps",
    ios: { since: "17" },
    confidence: "documented",
    references: [PASSKEYS_DEV_DEVICE_SUPPORT],
  },
  otherBrowsers: {
    name: "passkeys in Chrome, Edge and Firefox on the iPhone",
    ios: { since: "16" },
    confidence: "documented",
    references: [PASSKEYS_DEV_DEVICE_SUPPORT],
  },
  authenticationSession: {
    name: "passkeys in ASWebAuthenticationSession",
    ios: {},
    confidence: "documented",
    references: [PASSKEYS_DEV_IOS],
  },
  webviewAvailability: {
    name: "web views that answer truly whether passkeys are available",
    ios: { since: "16.4" },
    note: "A web view can use passkeys of the sites alone that its app is associated with.",
    confidence: "documented",
    references: [webkitBug(250912), appleForum(723273), PASSKEYS_DEV_IOS],
  },
  credentialExchange: {
    name: "moving passkeys to another password app",
    ios: { since: "26" },
    confidence: "documented",
    references: [
      { label: "WWDC25, session 279", url: "https://developer.apple.com/videos/play/wwdc2025/279/" },
    ],
  },
  keyPinInFlow: {
    name: "setting a PIN on a security key on the way",
    ios: { since: "18.4" },
    note: 'Only with `userVerification: "required"`; the version is told by the date of the change.',
    confidence: "source",
    references: [webkitPull(38082)],
  },
  systemSheet: {
    name: "the system's own sheet (AuthenticationServices)",
    ios: { since: "17.4" },
    note: "From here on `timeout`, `user.displayName` and `credProps` go nowhere; the version is told by the date of the change.",
    confidence: "source",
    references: [COORDINATOR_PROXY],
  },

  // ---------------------------------------------------------------- mediation, focus, tap
  conditionalGet: {
    name: "AutoFill of passkeys (conditional `get()`)",
    ios: { since: "16.1" },
    confidence: "documented",
    references: [PASSKEYS_DEV_DEVICE_SUPPORT, STATICS],
  },
  webauthnToken: {
    name: "the token `webauthn` in `autocomplete`",
    ios: { since: "16.4" },
    confidence: "documented",
    references: [compatibilityData("html/elements/form.json")],
  },
  conditionalCreate: {
    name: "automatic upgrades (conditional `create()`)",
    ios: { since: "18.0" },
    confidence: "documented",
    references: [PASSKEYS_DEV_DEVICE_SUPPORT, webkitPull(21031)],
  },
  immediateGet: {
    name: '`mediation: "immediate"`',
    ios: "never",
    note: "An unknown value, which the call is rejected for.",
    confidence: "documented",
    references: [
      webkitIdl("CredentialMediationRequirement"),
      {
        label: "WebKit standards position 504",
        url: "https://github.com/WebKit/standards-positions/issues/504",
      },
    ],
  },
  callWithoutTap: {
    name: "calls that do not come from a tap",
    ios: { since: "17.4" },
    note: "Before that the first call after a navigation alone.",
    confidence: "documented",
    references: [SIMPLEWEBAUTHN_QUIRKS, webkitBug(264444)],
  },
  callAfterConditional: {
    name: "a call right after an aborted AutoFill request",
    ios: { since: "17.5" },
    note: "The version is told by the date of the change.",
    confidence: "observed",
    references: [github("lbuchs/WebAuthn#88"), AUTHENTICATOR_COORDINATOR],
  },
  hints: {
    name: "`hints`",
    ios: "never",
    note: "Seen to be missing up to the beta of iOS 27.",
    confidence: "documented",
    references: [
      STATICS,
      PASSKEYS_DEV_DEVICE_SUPPORT,
      webkitIdl("PublicKeyCredentialCreationOptions"),
      {
        label: "WebKit standards position 365",
        url: "https://github.com/WebKit/standards-positions/issues/365",
      },
    ],
  },
  unknownAttachment: {
    name: "passing over an `authenticatorAttachment` that it does not know",
    ios: { since: "26.2" },
    note: "WebKit changed it from October to December 2025, and took the same back for the other members; from which release on is not confirmed.",
    confidence: "inferred",
    references: [webkitPull(52660), webkitPull(55327)],
  },
  strictCredentialTypes: {
    name: "refusing a `get()` of several kinds of credential",
    ios: { since: "27" },
    confidence: "source",
    references: [webkitPull(62231)],
  },

  // ---------------------------------------------------------------- extensions
  prf: {
    name: "the `prf` extension",
    ios: { since: "18.0" },
    confidence: "documented",
    references: [
      CONTAINER,
      github("mdn/browser-compat-data#27586"),
      {
        label: "Safari 18.0 release notes",
        url: "https://developer.apple.com/documentation/safari-release-notes/safari-18-release-notes",
      },
    ],
  },
  prfOverHybrid: {
    name: "the right `prf` value by QR code",
    ios: { since: "18.4" },
    confidence: "observed",
    references: [
      github("zapcooking/frontend#558"),
      {
        label: "DeOrganized/stacks-passkey-wallet: prf support matrix",
        url: "https://github.com/DeOrganized/stacks-passkey-wallet/blob/main/docs/prf-support-matrix.md",
      },
    ],
  },
  prfOnSecurityKeys: {
    name: "`prf` values of security keys",
    ios: { since: "26.4" },
    note: "Reported to be wrong, or missing where the key has a fingerprint reader.",
    confidence: "observed",
    references: [webkitPull(53734), webkitPull(73391), webkitBug(314934), github("ocknamo/nosskey-sdk#62")],
  },
  largeBlob: {
    name: "the `largeBlob` extension",
    ios: { since: "17" },
    note: "The output is lost in some versions 26.x, and security keys are never asked.",
    confidence: "documented",
    references: [CONTAINER, webkitPull(24362), webkitPull(63144), COORDINATOR_PROXY],
  },
  credProps: {
    name: "the output of `credProps`",
    ios: { since: "16", until: "17.3" },
    confidence: "source",
    references: [COORDINATOR_PROXY, CONTAINER, webkitPull(1222)],
  },
  appid: {
    name: "the `appid` extension",
    ios: { since: "13" },
    confidence: "documented",
    references: [CONTAINER],
  },
  appidExclude: {
    name: "the `appidExclude` extension",
    ios: "never",
    note: "The compatibility data says since 13, but WebKit's source does not name it.",
    confidence: "source",
    references: [EXTENSION_INPUTS, CONTAINER],
  },
  otherExtensions: {
    name: "`credProtect`, `minPinLength`, `payment` and all other extensions",
    ios: "never",
    confidence: "source",
    references: [EXTENSION_INPUTS, CONTAINER],
  },

  // ---------------------------------------------------------------- attestation
  anonymousAttestation: {
    name: "Apple's anonymous attestation",
    ios: { until: "15" },
    note: "Passkeys, from iOS 16 on, come without an attestation.",
    confidence: "documented",
    references: [appleForum(726208)],
  },
  enterpriseAttestation: {
    name: "enterprise attestation of managed devices",
    ios: { since: "17" },
    confidence: "documented",
    references: [
      {
        label: "Apple: SecurityPasskeyAttestation",
        url: "https://developer.apple.com/documentation/devicemanagement/securitypasskeyattestation",
      },
      appleForum(731571),
    ],
  },
  aaguid: {
    name: "an AAGUID without an attestation",
    ios: { since: "17" },
    note: "Seen from 17.2 on.",
    confidence: "observed",
    references: [github("eclipse-vertx/vertx-auth#669"), appleForum(726208)],
  },
  attachmentOfKeys: {
    name: '`authenticatorAttachment: "cross-platform"` for a security key',
    ios: { since: "26.2" },
    note: "Right until 17.3, too; from 17.4 to 26.1 it says platform.",
    confidence: "documented",
    references: [webkitPull(50796), github("MasterKale/SimpleWebAuthn#585")],
  },

  // ---------------------------------------------------------------- methods
  conditionalMediationMethod: {
    name: "`isConditionalMediationAvailable()`",
    ios: { since: "16" },
    confidence: "documented",
    references: [STATICS],
  },
  clientCapabilities: {
    name: "`getClientCapabilities()`",
    ios: { since: "17.4" },
    confidence: "documented",
    references: [STATICS],
  },
  conditionalGetKey: {
    name: "`conditionalGet` in `getClientCapabilities()`",
    ios: { since: "18.4" },
    note: "Before that it is called `conditionalMediation`.",
    confidence: "observed",
    references: [
      github("MasterKale/webauthn-polyfills#5"),
      github("MasterKale/webauthn-polyfills#13"),
      STATICS,
    ],
  },
  jsonMethods: {
    name: "`toJSON()`, `parseCreationOptionsFromJSON()`, `parseRequestOptionsFromJSON()`",
    ios: { since: "18.4" },
    confidence: "documented",
    references: [STATICS],
  },
  signalMethods: {
    name: "the signal methods",
    ios: { since: "26.0" },
    confidence: "documented",
    references: [STATICS],
  },
  signalPromises: {
    name: "promises of the signal methods that settle",
    ios: { since: "26.4" },
    note: "`signalCurrentUserDetails()` always did; the version is told by the date of the change.",
    confidence: "documented",
    references: [webkitPull(55585), webkitBug(298951), AUTHENTICATOR_COORDINATOR],
  },
  uvpaaTellsSetup: {
    name: "`isUserVerifyingPlatformAuthenticatorAvailable()` that tells whether the iPhone is set up",
    ios: { since: "26.2" },
    note: "Before that it is true even without a passcode.",
    confidence: "documented",
    references: [
      webkitPull(53107),
      {
        label: "Apple: isDeviceConfiguredForPasskeys",
        url: "https://developer.apple.com/documentation/authenticationservices/asauthorizationwebbrowserpublickeycredentialmanager/isdeviceconfiguredforpasskeys",
      },
    ],
  },

  // ---------------------------------------------------------------- origins and frames
  relatedOrigins: {
    name: "related origins",
    ios: { since: "18.0" },
    note: "From iOS 27 on WebKit itself fetches the file, with limits on its size, redirects and type.",
    confidence: "documented",
    references: [PASSKEYS_DEV_DEVICE_SUPPORT, PASSKEYS_DEV_RELATED_ORIGINS, webkitPull(72038)],
  },
  frameGetSameSite: {
    name: "signing in within a frame of the same site",
    ios: { since: "15.5" },
    note: "The version is told by the date of the change.",
    confidence: "source",
    references: [webkitBug(234309), AUTHENTICATOR_COORDINATOR],
  },
  frameGetCrossSite: {
    name: "signing in within a frame of another site",
    ios: { since: "16.4" },
    note: "The version is told by the date of the change; the compatibility data says that there is none.",
    confidence: "source",
    references: [AUTHENTICATOR_COORDINATOR, compatibilityData("html/elements/iframe.json")],
  },
  frameCreate: {
    name: "registering within a frame of another origin",
    ios: "never",
    note: "Read up to Safari 26; nobody has confirmed iOS 27.",
    confidence: "source",
    references: [AUTHENTICATOR_COORDINATOR, compatibilityData("html/elements/iframe.json")],
  },
} as const satisfies Record<string, Capability>;

/** Whether that version of Safari on the iPhone has it. */
export function isSupported({ ios }: Pick<Capability, "ios">, safari: string): boolean {
  return ios !== "never" && includesVersion(ios, safari);
}

/** Whether such an iPhone has it for certain, though its version may be hidden. */
export function isSurelySupported(
  { ios }: Pick<Capability, "ios">,
  { safari, safariAtLeast }: Pick<Platform, "safari" | "safariAtLeast">,
): boolean {
  if (ios === "never") return false;
  if (safari !== undefined) return includesVersion(ios, safari);
  return safariAtLeast !== undefined && includesAllSince(ios, safariAtLeast);
}

/** The versions before the first that has it. */
export function before({ ios }: { ios: { since: string } }): { until: string } {
  return { until: versionBefore(ios.since) };
}
