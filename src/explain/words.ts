/*
 * What an explanation says, but for its causes, which stand in causes.ts. A sentence has a name, by which the panel
 * says it in other languages, and places for values: "{duration}".
 */

/** What speaks for or against a cause. */
export const CLUES = {
  said: "The browser said: {name}: {message}",
  "said-name": "The browser said: {name}.",

  "too-fast-to-decline": "It took {duration}: nobody reads a sheet and declines it so fast.",
  "too-fast-to-show": "It took {duration}, as if nothing had been shown.",
  "too-fast-to-ask": "It took {duration}: the browser may not have asked anyone.",
  "slow-enough": "It took {duration}: long enough for a person to see the sheet.",
  "slow-for-a-block": "It took {duration}: a browser that blocks does so at once.",
  "near-timeout": "It took {duration}, and `timeout` is {timeout}.",
  "near-webkits-timer": "It took {duration}, which is as long as WebKit's own timer waits.",
  "before-timeout": "It took {duration}, less than the `timeout` of {timeout}.",

  focused: "The page had the focus.",
  "not-focused": "The page did not have the focus when it called.",
  hidden: "The page was not visible.",

  "no-tap-conditional": "A conditional call needs no tap.",
  tap: "A tap or key press came just before the call.",
  "no-tap": "No tap or key press came just before the call, and Safari {version} asks for one.",
  "no-tap-needed": "None came just before the call, but this browser asks for none.",

  "earlier-autofill": "A request for AutoFill was still open when this one started.",
  "earlier-request": "Another request was still open when this one started.",
  "later-while-open": "Another request started while this one was open.",
  "later-before-end": "Another request started {gap} before this one ended.",
  "no-other-request": "No other request of this page was open.",

  "signal-fired": "The AbortSignal fired {delay} after the call.",
  "signal-had-fired": "The AbortSignal had fired before the call.",
  "signal-did-not-fire": "The AbortSignal did not fire.",
  "no-signal": "The call had no AbortSignal.",

  "no-frame": "No page of another origin is around it.",
  "frame-in-safari": "The page is a frame of {origin} in a page of {outer}, where Safari makes no passkeys.",
  "frame-forbidden": "The page is a frame of {origin} in a page of {outer}, whose policy does not allow it.",
  "frame-allowed": "The page is a frame of {origin} in a page of {outer}, whose policy allows it.",
  "frame-unknown":
    "The page is a frame of {origin} in a page of {outer}; whether that allows it can't be seen.",

  "rp-id-fits": "The RP ID {rpId} fits the page's host {host}.",
  "rp-id-does-not-fit": "The RP ID {rpId} does not fit the page's host {host}.",

  "in-web-view": "By its user agent the page is in a web view of an app.",
  "in-browser": "By its user agent the page is in a browser.",

  registration: "A registration needs no passkey.",
  "all-replaced": "Every credential in `allowCredentials` was replaced by a later registration.",
  "seen-at-work": "A credential of `allowCredentials` was seen at work.",
  "one-credential": "The request takes one credential and no other.",
  "some-credentials": "The request takes {count} credentials and no other.",

  "other-device-asked-for": "Only a security key or another device was asked for.",
  "keys-alone": "By their transports only security keys may answer.",
  "no-key-in-particular": "Nothing asks for a security key in particular.",
  "no-hybrid": "No transport says hybrid, so the iPhone shows no QR code for another phone.",

  upgrade: "The call asks for an automatic upgrade, which is often refused.",
  "upgrade-shows-nothing": "An automatic upgrade shows nothing to decline.",
  "no-upgrade": "The call does not ask for an automatic upgrade.",
  "autofill-waits": "AutoFill waits; there is no sheet to decline at first.",
  "no-field": "No field had the webauthn token when the page called.",
  "no-field-on-ios":
    "No field had the webauthn token when the page called, and the iPhone offers passkeys in such a field alone.",
  fields: "{count} of the page's fields had the webauthn token.",

  es256: "ES256, which all make, was asked for.",
  "no-es256": "ES256 is not among {algorithms}.",

  "no-public-key": "The call does not ask for `publicKey`.",
  "public-key-alone": "The call asks for `publicKey` and nothing else.",
  "other-types": "The call asks for {types} as well.",

  "no-extension": "The call asks for no extension.",
} as const satisfies Record<string, string>;

/** What is known, and what can't be; `{cause}` is the title of the likeliest one. */
export const SUMMARIES = {
  "not-settled": "It has not settled.",
  rejected: "It was rejected.",
  "rejected-after": "It was rejected after {duration}.",
  "nothing-known": "Nothing is known of the cause.",
  certain: "{cause}: the message can mean nothing else.",
  likely: "Most likely: {cause}.",
  perhaps: "Perhaps: {cause}.",
  "likely-unseen": "Most likely: {cause}; the recording can't tell whether anything was shown.",
  "perhaps-unseen": "Perhaps: {cause}; the recording can't tell whether anything was shown.",
  ambiguous:
    "The facts can't tell whether the person declined or something stood in the way: browsers keep that from the page on purpose.",
} as const satisfies Record<string, string>;

export type ClueId = keyof typeof CLUES;
export type SummaryId = keyof typeof SUMMARIES;
