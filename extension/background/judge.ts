import { countErrors } from "./countErrors.js";

// The whole engine is in this script, so it is one of its own: a background is started again and again, and
// for nearly all that it is started for it needs no engine. See `loadJudge`.
globalThis.keyholeJudge = { countErrors };
