import type { Call, CallId, Environment, Outcome, Realm } from "../recording/recording.js";
import type { Platform } from "../spec/platforms.js";

/** Everything that a rule can ask for. To be completed with the rules that need it. */
export interface Facts {
  callId: CallId;
  call: Call;
  realm: Realm;
  platform: Platform;
  environment: Environment;
  outcome: Outcome;
}
