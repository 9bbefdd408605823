/** Why a rule can't tell, where that is the same for many rules. What one rule alone says stands in its `reasons`. */
export const REASONS: Readonly<Record<string, string>> = {
  "request-unknown": "What the page asked for is not known.",
  "version-hidden": "It depends on the version of Safari, which the user agent hides.",
  broken: "The rule {rule} is broken: {error}",
  "options-not-kept": "The recording could not keep the options.",
  "extensions-not-kept": "The recording could not keep the extensions.",
  "algorithms-not-kept": "The recording could not keep every algorithm.",
  "values-not-kept": "The recording could not keep every value.",
  "rp-id-not-kept": "The recording could not keep the RP ID.",
  "flags-unread": "The flags of the response can't be read.",
  "client-data-unread": "The client data can't be read.",
  "frame-unknown": "The recording does not say which pages this frame stands in.",
};
