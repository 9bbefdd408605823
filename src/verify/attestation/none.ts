import { fail, pass } from "../said.js";
import type { AttestationFormat } from "./attestation.js";

/** No statement at all. @see https://www.w3.org/TR/webauthn-3/#sctn-none-attestation */
export const none: AttestationFormat = {
  spec: "sctn-none-attestation",
  verify({ statement }) {
    const size = statement instanceof Map ? statement.size : undefined;
    return {
      statement:
        size === 0
          ? pass("The statement is empty, as the format “none” has it.")
          : fail(
              `The format is “none”, but the statement ${size === undefined ? "is no map" : `has ${size} members`}.`,
            ),
    };
  },
};
