import type { Weight } from "./difference.js";

/** What a difference at a place weighs, where both sides have a value of the same type. The first pattern counts. */
export function weigh(at: string): Weight {
  return TABLE.find(([pattern]) => pattern.test(at))?.[1] ?? "notable";
}

const TABLE: readonly [RegExp, Weight][] = [
  // Made anew for each call, account or credential.
  [/^\/arguments\/0\/publicKey\/(?:challenge|user\/id|(?:allow|exclude)Credentials\/[^/]+\/id)$/, "expected"],
  [/^\/outcome\/value\/value\/(?:id|rawId)$/, "expected"],
  [
    /^\/outcome\/value\/value\/response\/(?:clientDataJSON|attestationObject|authenticatorData|signature|userHandle|publicKey)$/,
    "expected",
  ],
  [/^\/outcome\/value\/value\/clientExtensionResults\/prf\/results\//, "expected"],
  [/#(?:challenge|.*credentialId|.*rpIdHash|.*signCount)$/, "expected"],
  [/^\/(?:startedAt|initiator)$/, "expected"],
  // What the browser and the authenticator act on.
  [/^\/arguments\/0\/(?:mediation|publicKey)$/, "decisive"],
  [/^\/arguments\/0\/publicKey\/(?:rp\/id|rpId)$/, "decisive"],
  [
    /^\/arguments\/0\/publicKey\/(?:pubKeyCredParams|authenticatorSelection|hints|extensions)(?:\/|$)/,
    "decisive",
  ],
  [/^\/arguments\/0\/publicKey\/(?:userVerification|attestation)$/, "decisive"],
  [/^\/arguments\/0\/publicKey\/(?:allow|exclude)Credentials\/[^/]+\/(?:transports|type)/, "decisive"],
  [/^\/arguments\/0\/publicKey\/(?:allow|exclude)Credentials$/, "decisive"],
  // What a server decides by.
  [/^\/outcome\/(?:status|error\/name)$/, "decisive"],
  [/^\/outcome\/value\/value\/clientExtensionResults\//, "decisive"],
  [
    /#(?:type|origin|crossOrigin|topOrigin|flags\.(?:userPresent|userVerified|backupEligible|backupState)|coseKey\.algorithm)$/,
    "decisive",
  ],
  // What browsers ask for before they show anything.
  [
    /^\/environment\/(?:hasFocus|visibility|replaced|userActivation\/isActive|policy\/(?:create|get))$/,
    "decisive",
  ],
  [/^\/page\/(?:origin|isSecureContext|ancestorOrigins)/, "decisive"],
  [/^\/aborted$/, "decisive"],
];
