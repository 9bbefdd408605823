export { type FreeOfOptions, type KeyholeMatchers, type Matched, toBeFreeOf } from "./toBeFreeOf.js";
