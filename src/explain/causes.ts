import type { CauseId } from "../spec/errorMessages.js";

/** What people read about a cause: what happened, and what to look at next. */
export const CAUSES: Readonly<Record<CauseId, { title: string; next: readonly [string, ...string[]] }>> = {
  declined: {
    title: "The person closed the sheet or declined",
    next: [
      "Ask whoever held the device what was on the screen; a sheet that was closed is no fault of the page.",
      "Offer the button again and another way to sign in.",
    ],
  },
  "no-matching-passkey": {
    title: "No passkey on the device matched the request",
    next: [
      "Compare the ids in `allowCredentials`, and the RP ID, with those of the registration.",
      "Leave `allowCredentials` empty once: what the sheet offers then is what the device has.",
    ],
  },
  "timed-out": {
    title: "The time ran out",
    next: ["Send a `timeout` of 300,000 ms or more, and do not hang the page's own timer on it."],
  },
  aborted: {
    title: "The page aborted the call",
    next: ["Pass over the rejection where `signal.aborted` is true: nothing went wrong."],
  },
  "not-focused": {
    title: "The page did not have the focus",
    next: [
      "Call from the tap itself, in the frame that was tapped; in a frame call `window.focus()` before.",
      "While testing, click into the page first: developer tools take the focus away.",
    ],
  },
  "no-user-activation": {
    title: "No tap or key press led to the call",
    next: [
      "Fetch the options beforehand and call in the click handler itself, with at most one fetch before it.",
    ],
  },
  "overlapping-request": {
    title: "Another request of the page was open",
    next: [
      "Abort the open call, wait for its rejection, and then start the next one; lock the button until it settles.",
    ],
  },
  "frame-not-allowed": {
    title: "The frame may not use passkeys",
    next: [
      'Put `allow="publickey-credentials-get"` on every iframe around it (and `publickey-credentials-create`, which Safari does not know).',
      "On the iPhone register in a page of its own: no Safari up to 26 makes passkeys in a frame of another origin.",
    ],
  },
  "rp-id-not-for-origin": {
    title: "The RP ID does not belong to this page",
    next: [
      "Send the page's own domain, or one above it, as `rp.id` and `rpId`.",
      "For related origins open `https://<RP ID>/.well-known/webauthn`: it must be JSON and list this page's origin.",
    ],
  },
  "domain-invalid": {
    title: "The page's address can't have passkeys",
    next: ["Serve the page over https under a host name: an IP address does not do."],
  },
  "web-view-not-associated": {
    title: "The app around this web view may not use passkeys of this RP ID",
    next: [
      "Open the same page in Safari: if it works there, it is the app.",
      "Use `ASWebAuthenticationSession`, or name the app in the domain's apple-app-site-association file and the domain in the app's `webcredentials:`.",
    ],
  },
  "already-registered": {
    title: "A passkey of `excludeCredentials` is on the device already",
    next: ["Tell the person that this device is set up, and offer to sign in: this is no failure."],
  },
  "no-common-algorithm": {
    title: "The device makes none of the algorithms that were asked for",
    next: ['Add `{ type: "public-key", alg: -7 }` to `pubKeyCredParams`, and -257 beside it.'],
  },
  "options-malformed": {
    title: "The options have a member of the wrong kind",
    next: [
      "Look at the findings of this call: bytes must be an ArrayBuffer or Uint8Array, and members without a value must be left out, not null.",
    ],
  },
  "extension-input": {
    title: "An extension got an input that it does not take",
    next: [
      "Take the members of `extensions` out one by one; those of `largeBlob`, `prf` and `appid` come first.",
    ],
  },
  "credential-type-unsupported": {
    title: "The call asks for a kind of credential, or several, that the browser does not take",
    next: ["Ask for `publicKey` alone, in a call of its own."],
  },
  "device-not-ready": {
    title: "The device or its password app could not do it",
    next: [
      "See whether a passcode is set, and whether a password app for passkeys is switched on in Settings.",
      "Try another site, such as a demo of passkeys, on the same device.",
    ],
  },
  "security-key-failed": {
    title: "The security key failed or was not the right one",
    next: [
      "See whether the key has a PIN and still takes it; hold it to the phone until the sheet says so.",
      "Try the key in another browser with the same request.",
    ],
  },
  "automatic-upgrade-refused": {
    title: "The automatic upgrade to a passkey was not granted",
    next: [
      "Treat it as normal and say nothing to the person.",
      "Call right after a sign-in with a password that AutoFill filled in, with the same `user.name`.",
    ],
  },
  "attestation-not-configured": {
    title: "Enterprise attestation is not set up on this device",
    next: ['Send `attestation: "none"`, or have the device\'s management declare this RP ID.'],
  },
  "document-gone": {
    title: "The page was about to leave",
    next: ["Call after the page has loaded, and do not navigate before the call has settled."],
  },
  "not-base64url": {
    title: "A text that stands for bytes is not base64url",
    next: ["Write - and _ in place of + and /, without = at the end."],
  },
  "signal-failed": {
    title: "The system did not take the signal",
    next: ["Check the ids; do not let the page depend on signals, which are only hints."],
  },
  "promise-never-settles": {
    title: "This version of Safari never settles the promise",
    next: ["Do not await it, or race it with a timer; Safari 26.4 mends it."],
  },
  "waiting-for-the-person": {
    title: "The call waits for the person",
    next: ["See what is on the screen: the sheet may be open, or the offer above the keyboard unused."],
  },
  "no-field-for-autofill": {
    title: "There is no field that AutoFill could offer the passkey in",
    next: ['Put `autocomplete="username webauthn"` on the user name field before the call.'],
  },
};
