import type { Reading } from "../recording/readSnapshot.js";

/**
 * The members of options in JSON that stand for bytes.
 *
 * @see https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON
 */
export function encodedMembers(options: Reading): Reading[] {
  const extensions = options.member("extensions");
  const prf = extensions.member("prf");
  const evaluations = [
    prf.member("eval"),
    ...prf
      .member("evalByCredential")
      .members()
      .map(([, evaluation]) => evaluation),
  ];
  return [
    options.member("challenge"),
    options.member("user", "id"),
    ...["excludeCredentials", "allowCredentials"].flatMap((list) =>
      options
        .member(list)
        .items()
        .map((descriptor) => descriptor.member("id")),
    ),
    ...evaluations.flatMap((evaluation) => [evaluation.member("first"), evaluation.member("second")]),
    extensions.member("largeBlob", "write"),
  ];
}
