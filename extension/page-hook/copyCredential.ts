import type { Snapshot } from "../../src/recording/snapshot.js";
import { type AnyFunction, apply, describe, inherits, type Scope } from "./natives.js";

export type Members = { [name: string]: Snapshot };
/** Copies what `read` returns, or that it threw, to a member; nothing where that is undefined. */
export type Put = (members: Members, name: string, read: () => unknown) => void;

/** An attribute, or a method that is written down as if it were one: getPublicKey() as publicKey. */
interface Member {
  name: string;
  as: string;
  native: AnyFunction | undefined;
}

/**
 * Makes the function that copies a credential, member by member, and answers undefined about any other
 * object. The browser's own getters are asked first, because they run no code of the page; where these
 * refuse, the object is the work of a password manager and its members are read as anyone would read
 * them. `toJSON()` is never called: it crashes WebKit before 26.5.1 when there is a PRF output, and
 * throws with several password managers.
 */
export function createCopyCredential(scope: Scope) {
  const type = member("Credential", "type");
  const id = member("Credential", "id");
  const response = member("PublicKeyCredential", "response");
  const credentialMembers = [
    id,
    member("PublicKeyCredential", "rawId"),
    type,
    member("PublicKeyCredential", "authenticatorAttachment"),
    member("PublicKeyCredential", "getClientExtensionResults"),
  ];
  const clientDataJSON = member("AuthenticatorResponse", "clientDataJSON");
  const attestation = (name: string) => member("AuthenticatorAttestationResponse", name);
  const attestationMembers = [
    clientDataJSON,
    attestation("attestationObject"),
    attestation("getTransports"),
    attestation("getPublicKey"),
    attestation("getPublicKeyAlgorithm"),
  ];
  const assertion = (name: string) => member("AuthenticatorAssertionResponse", name);
  const assertionMembers = [
    clientDataJSON,
    assertion("authenticatorData"),
    assertion("signature"),
    assertion("userHandle"),
  ];
  const credentialPrototype = scope.Credential?.prototype;

  return (value: object, isOutcome: boolean, put: Put): Snapshot | undefined => {
    if (!isOutcome && !inherits(value, credentialPrototype)) return undefined;
    const kind = read(value, type);
    if (typeof kind !== "string") return undefined;
    if (kind !== "public-key") {
      const name = read(value, id);
      return { __proto__: null, $: "Credential", type: kind, id: typeof name === "string" ? name : "" };
    }
    const members = copyMembers(value, credentialMembers);
    try {
      const answer = read(value, response) as object;
      members.response = copyMembers(
        answer,
        "attestationObject" in answer ? attestationMembers : assertionMembers,
      );
    } catch (error) {
      put(members, "response", () => {
        throw error;
      });
    }
    return { __proto__: null, $: "PublicKeyCredential", value: members };

    /** What is not there is left out; what throws is there, as unreadable. */
    function copyMembers(holder: object, list: Member[]): Members {
      const copies = { __proto__: null } as unknown as Members;
      for (let i = 0; i < list.length; i++) put(copies, list[i]!.as, () => read(holder, list[i]!));
      return copies;
    }
  };

  function member(interfaceName: string, name: string): Member {
    const prototype = (scope as unknown as Record<string, { prototype: object }>)[interfaceName]?.prototype;
    const found = prototype && describe(prototype, name);
    const as = name.replace(/^get(.)/, (_, first: string) => first.toLowerCase());
    return { name, as, native: found && (found.get ?? found.value) };
  }

  function read(holder: object, { name, as, native }: Member): unknown {
    try {
      return apply(native!, holder, []);
    } catch {
      const found = (holder as Record<string, unknown>)[name];
      if (name === as) return found;
      if (typeof found === "function") return apply(found as AnyFunction, holder, []);
      return (holder as Record<string, unknown>)[as];
    }
  }
}
