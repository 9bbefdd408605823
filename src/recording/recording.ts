import type { Snapshot } from "./snapshot.js";
import type { Verdict } from "./verdict.js";

export type RealmId = string;
export type CallId = string;

/**
 * A `.keyhole.json` file: what was seen, never what was concluded. Everything derived
 * (decoded bytes, verdicts, findings) is computed again when the file is opened.
 */
export interface Recording {
  format: "keyhole-recording";
  version: 1;
  createdBy: { name: string; version: string };
  /** ISO 8601, UTC */
  createdAt: string;
  /** absent: nothing was masked. `verdicts` keeps what masking makes impossible to recompute. */
  redaction?: { profile: "pseudonymous" | "minimal"; verdicts: Record<CallId, Verdict[]> };
  /** number of calls that were recorded and are no longer here: the oldest go first */
  lostCalls?: number;
  realms: Realm[];
  /** in the order in which they started */
  calls: Call[];
}

/** One document (page or frame) in which the hook ran. */
export interface Realm {
  id: RealmId;
  url: string;
  origin: string;
  /** origins of the ancestors, nearest first; empty for a top-level page */
  ancestorOrigins: string[];
  isSecureContext: boolean;
  userAgent: string;
  maxTouchPoints: number;
  /** the page was opened from the Home Screen, as an app; absent where the browser does not say it */
  standalone?: boolean;
  /** epoch milliseconds */
  startedAt: number;
  /** the browser's number of the frame; 0 is the top-level page. Absent where the source can't say */
  frameId?: number;
  hook: {
    version: string;
    via: "content-script" | "bootstrap" | "inspector" | "wire" | "library";
    /** epoch milliseconds */
    installedAt: number;
    readyState: "loading" | "interactive" | "complete";
    /** the API was native when the hook wrapped it; false: another script had replaced it */
    native: boolean;
  };
  imported?: Imported;
}

export type Api =
  | "credentials.create"
  | "credentials.get"
  | "credentials.store"
  | "credentials.preventSilentAccess"
  | "PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable"
  | "PublicKeyCredential.isConditionalMediationAvailable"
  | "PublicKeyCredential.getClientCapabilities"
  | "PublicKeyCredential.parseCreationOptionsFromJSON"
  | "PublicKeyCredential.parseRequestOptionsFromJSON"
  | "PublicKeyCredential.signalUnknownCredential"
  | "PublicKeyCredential.signalAllAcceptedCredentials"
  | "PublicKeyCredential.signalCurrentUserDetails";

export interface Call {
  id: CallId;
  realmId: RealmId;
  /** counts up within a realm, from 0, without holes */
  seq: number;
  api: Api;
  /** epoch milliseconds, taken in the page */
  startedAt: number;
  /** milliseconds from call to settlement, taken in the page; absent while pending */
  duration?: number;
  environment: Environment;
  /** stack of the call, the hook's own frames removed */
  initiator?: string;
  /** the arguments as the page passed them, types kept */
  arguments: Snapshot[];
  /** the AbortSignal fired: when (epoch milliseconds), and its reason */
  aborted?: { at: number; reason: Snapshot };
  outcome: Outcome;
  imported?: Imported;
}

/**
 * Of a call, or a page, that no hook recorded but that was read from something else. What that did not say
 * isn't known: a pending call has no answer there, an unreadable argument was not in it, and the
 * environment, a user agent of "" and the origin "null" say nothing.
 */
export interface Imported {
  /** what it was taken for, in words: "HAR file" */
  as: string;
  /** the place in it: a JSON pointer, a line */
  at?: string;
}

/** What the page was like at the moment of the call. */
export interface Environment {
  userActivation?: { isActive: boolean; hasBeenActive: boolean };
  hasFocus: boolean;
  visibility: "visible" | "hidden";
  /** Permissions Policy of the frame; undefined where the browser can't say */
  policy?: { create?: boolean; get?: boolean };
  /** number of elements whose autocomplete ends in the webauthn token */
  webauthnFields?: number;
  /** another script's replacement sat on navigator.credentials when the call was made */
  replaced?: boolean;
}

export type Outcome =
  | { status: "pending" }
  | { status: "fulfilled"; value: Snapshot }
  | { status: "rejected"; error: { name: string; message: string; isDOMException: boolean } };
