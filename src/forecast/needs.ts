import { textsOf } from "../ceremony/readCeremony.js";
import { type Reading, readSnapshot } from "../recording/readSnapshot.js";
import type { Call } from "../recording/recording.js";
import { type Capability, SUPPORT } from "../spec/support.js";
import { areSecurityKeyTransports } from "../spec/transports.js";

/** Something that a call counts on, and what becomes of the call where Safari does not have it. */
export interface Need {
  id: string;
  of: Capability;
  /** JSON pointer into the call: where it counts on it; undefined if it does not */
  at(call: Call): string | undefined;
  effect: "fails" | "differs";
  /** one sentence: what happens instead */
  without: string;
  /** the versions that it is about, where rules have their say on the others */
  asksFor?: Capability;
}

/** What no rule speaks of: where one does, its finding is the better word. */
export const NEEDS: readonly Need[] = [
  {
    id: "conditional-mediation-method",
    of: SUPPORT.conditionalMediationMethod,
    at: calls("PublicKeyCredential.isConditionalMediationAvailable"),
    effect: "fails",
    without: "The method `isConditionalMediationAvailable()` does not exist",
  },
  {
    id: "client-capabilities",
    of: SUPPORT.clientCapabilities,
    at: calls("PublicKeyCredential.getClientCapabilities"),
    effect: "fails",
    without: "The method `getClientCapabilities()` does not exist",
  },
  {
    id: "signal-methods",
    of: SUPPORT.signalMethods,
    at: ({ api }) => (api.startsWith("PublicKeyCredential.signal") ? "/api" : undefined),
    effect: "fails",
    without: "The signal methods do not exist",
  },
  {
    id: "conditional-get",
    of: SUPPORT.conditionalGet,
    at: conditional("credentials.get"),
    effect: "fails",
    without: "There is no AutoFill of passkeys, and the call may be rejected with a TypeError",
  },
  {
    id: "conditional-create",
    of: SUPPORT.conditionalCreate,
    at: conditional("credentials.create"),
    effect: "differs",
    without: "There are no automatic upgrades: `mediation` is passed over, and the sheet may come up",
  },
  {
    id: "synced-passkeys",
    of: SUPPORT.syncedPasskeys,
    at: ({ api, arguments: [options] }) => {
      const publicKey = readSnapshot(options, "/arguments/0").member("publicKey");
      return isCeremony(api) && publicKey.kind === "object" && !isForKeys(publicKey)
        ? publicKey.at
        : undefined;
    },
    effect: "differs",
    without: "Credentials stay on the one device: none is synced, and none comes from another phone",
  },
  {
    id: "enterprise-attestation",
    of: SUPPORT.enterpriseAttestation,
    at: ({ api, arguments: [options] }) => {
      const attestation = readSnapshot(options, "/arguments/0").member("publicKey", "attestation");
      return api === "credentials.create" && attestation.text() === "enterprise" ? attestation.at : undefined;
    },
    effect: "differs",
    without: "There is no enterprise attestation, and the oldest versions may reject the value",
  },
  {
    id: "prf-over-hybrid",
    of: SUPPORT.prfOverHybrid,
    // Before that there is no prf at all, which a rule says.
    asksFor: SUPPORT.prf,
    at: ({ api, arguments: [options] }) => {
      const prf = readSnapshot(options, "/arguments/0").member("publicKey", "extensions", "prf");
      const isEvaluated = !prf.member("eval").isAbsent || !prf.member("evalByCredential").isAbsent;
      return isCeremony(api) && isEvaluated ? prf.at : undefined;
    },
    effect: "differs",
    without: "By QR code `prf` gives another value than on the phone that holds the passkey",
  },
];

function calls(api: Call["api"]): Need["at"] {
  return (call) => (call.api === api ? "/api" : undefined);
}

function conditional(api: Call["api"]): Need["at"] {
  return (call) => {
    if (call.api !== api) return undefined;
    const mediation = readSnapshot(call.arguments[0], "/arguments/0").member("mediation");
    return mediation.text() === "conditional" ? mediation.at : undefined;
  };
}

function isCeremony(api: Call["api"]): boolean {
  return api === "credentials.create" || api === "credentials.get";
}

function isForKeys(publicKey: Reading): boolean {
  const listed = publicKey.member("allowCredentials").items();
  return (
    publicKey.member("authenticatorSelection", "authenticatorAttachment").text() === "cross-platform" ||
    (listed.length > 0 &&
      listed.every((each) => areSecurityKeyTransports(textsOf(each.member("transports")))))
  );
}
