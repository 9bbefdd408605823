import type { NoneStatement } from "../../decode/attestation/none.js";
import { pass } from "../said.js";
import type { VerifyStatement } from "./attestation.js";

/** Members in the statement are problems that the decoder finds. */
export const verifyNone: VerifyStatement<NoneStatement> = () => ({
  statement: pass("statement-empty"),
});
