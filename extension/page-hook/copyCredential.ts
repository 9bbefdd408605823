import type { Snapshot } from "../../src/recording/snapshot.js";
import type { Members } from "./copySnapshot.js";
import type { AnyFunction, Natives } from "./natives.js";

type Put = (members: Members, name: string, read: () => unknown) => void;
type Read = (self: unknown) => unknown;
type Holder = Record<string, unknown>;

/**
 * Makes the function that copies a credential, member by member, and answers undefined about any other
 * object. The browser's own getters are asked first, because they run no code of the page; where these
 * refuse, the object is the work of a password manager and its members are read as anyone would read
 * them. `toJSON()` is never called: it crashes WebKit before 26.5.1 when there is a PRF output, and
 * throws with several password managers.
 */
export function createCopyCredential(natives: Natives) {
  const { getter, method } = natives;
  const credentialPrototype = natives.prototype("Credential");
  const type = getter("Credential", "type");
  const id = getter("Credential", "id");
  const rawId = getter("PublicKeyCredential", "rawId");
  const authenticatorAttachment = getter("PublicKeyCredential", "authenticatorAttachment");
  const getClientExtensionResults = method("PublicKeyCredential", "getClientExtensionResults");
  const response = getter("PublicKeyCredential", "response");
  const clientDataJSON = getter("AuthenticatorResponse", "clientDataJSON");
  const attestationObject = getter("AuthenticatorAttestationResponse", "attestationObject");
  const getTransports = method("AuthenticatorAttestationResponse", "getTransports");
  const getPublicKey = method("AuthenticatorAttestationResponse", "getPublicKey");
  const getPublicKeyAlgorithm = method("AuthenticatorAttestationResponse", "getPublicKeyAlgorithm");
  const authenticatorData = getter("AuthenticatorAssertionResponse", "authenticatorData");
  const signature = getter("AuthenticatorAssertionResponse", "signature");
  const userHandle = getter("AuthenticatorAssertionResponse", "userHandle");

  return (value: object, isOutcome: boolean, put: Put): Snapshot | undefined => {
    if (!isOutcome && !inheritsFromCredential(value)) return undefined;
    const kind = member(value, "type", type);
    if (typeof kind !== "string") return undefined;
    if (kind === "public-key")
      return { __proto__: null, $: "PublicKeyCredential", value: copyPublicKeyCredential(value) };
    const name = member(value, "id", id);
    return { __proto__: null, $: "Credential", type: kind, id: typeof name === "string" ? name : "" };

    function copyPublicKeyCredential(credential: object): Members {
      const members = { __proto__: null } as unknown as Members;
      add(members, "id", () => member(credential, "id", id));
      add(members, "rawId", () => member(credential, "rawId", rawId));
      add(members, "type", () => kind);
      add(members, "authenticatorAttachment", () =>
        member(credential, "authenticatorAttachment", authenticatorAttachment),
      );
      add(members, "clientExtensionResults", () =>
        result(credential, "getClientExtensionResults", getClientExtensionResults, "clientExtensionResults"),
      );
      try {
        const answer = member(credential, "response", response);
        if (typeof answer === "object" && answer !== null) members.response = copyResponse(answer);
        else add(members, "response", () => answer);
      } catch (error) {
        add(members, "response", () => raise(error));
      }
      return members;
    }

    function copyResponse(answer: object): Members {
      const members = { __proto__: null } as unknown as Members;
      add(members, "clientDataJSON", () => member(answer, "clientDataJSON", clientDataJSON));
      if ("attestationObject" in answer) {
        add(members, "attestationObject", () => member(answer, "attestationObject", attestationObject));
        add(members, "transports", () => result(answer, "getTransports", getTransports, "transports"));
        add(members, "publicKey", () => result(answer, "getPublicKey", getPublicKey, "publicKey"));
        add(members, "publicKeyAlgorithm", () =>
          result(answer, "getPublicKeyAlgorithm", getPublicKeyAlgorithm, "publicKeyAlgorithm"),
        );
      } else {
        add(members, "authenticatorData", () => member(answer, "authenticatorData", authenticatorData));
        add(members, "signature", () => member(answer, "signature", signature));
        add(members, "userHandle", () => member(answer, "userHandle", userHandle));
      }
      return members;
    }

    /** What is not there is left out; what throws is there, as unreadable. */
    function add(members: Members, name: string, read: () => unknown): void {
      let copied: unknown;
      try {
        copied = read();
      } catch (error) {
        put(members, name, () => raise(error));
      }
      if (copied !== undefined) put(members, name, () => copied);
    }
  };

  function inheritsFromCredential(value: object): boolean {
    for (let holder = natives.getPrototypeOf(value); holder; holder = natives.getPrototypeOf(holder))
      if (holder === credentialPrototype) return true;
    return false;
  }

  function member(holder: object, name: string, native: Read): unknown {
    try {
      return native(holder);
    } catch {
      return (holder as Holder)[name];
    }
  }

  function result(holder: object, methodName: string, native: Read, memberName: string): unknown {
    try {
      return native(holder);
    } catch {
      const own = (holder as Holder)[methodName];
      return typeof own === "function"
        ? natives.apply(own as AnyFunction, holder, [])
        : (holder as Holder)[memberName];
    }
  }
}

function raise(error: unknown): never {
  throw error;
}
