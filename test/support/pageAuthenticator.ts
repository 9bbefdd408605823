/**
 * A script that gives a page without WebAuthn (as WebKitGTK's are) the classes of the standard and, behind
 * them, an authenticator whose keys and signatures are real: ES256, attestation "none". It always says yes.
 * Credentials live as long as the tab, each origin has its own. To be run ahead of the hook; runs once.
 */
export const pageAuthenticator = (): string => `{ const __name = (value) => value; (${install})(); }\n`;

/** Runs in the page, so it stands for itself. */
function install(): void {
  if ("credentials" in navigator || !isSecureContext) return;
  const scope = globalThis as unknown as Record<string, unknown>;
  const { subtle } = crypto;
  const utf8 = new TextEncoder();
  const SECRET = {};
  const CREDENTIALS = "software authenticator";

  interface Stored {
    id: string;
    rpId: string;
    userHandle: string;
    privateKey: JsonWebKey;
  }

  class Hidden {
    constructor(secret: unknown, values: Record<string, unknown>) {
      if (secret !== SECRET) throw new TypeError("Illegal constructor");
      inside.set(this, values);
    }
  }
  const inside = new WeakMap<object, Record<string, unknown>>();
  const inner = (self: object, name: string): unknown => {
    const values = inside.get(self);
    if (!values) throw new TypeError("Illegal invocation");
    return values[name];
  };
  /** Attributes and methods that tell what the object was made with. */
  const define = (
    made: { prototype: object },
    attributes: string[],
    methods: Record<string, string> = {},
  ): void => {
    for (const name of attributes)
      Object.defineProperty(made.prototype, name, {
        get(this: object) {
          return inner(this, name);
        },
        enumerable: true,
        configurable: true,
      });
    for (const [name, value] of Object.entries(methods))
      Object.defineProperty(made.prototype, name, {
        value(this: object) {
          return inner(this, value);
        },
        enumerable: true,
        configurable: true,
        writable: true,
      });
  };

  class Credential extends Hidden {}
  class PublicKeyCredential extends Credential {
    static async isUserVerifyingPlatformAuthenticatorAvailable(): Promise<boolean> {
      return true;
    }
    static async isConditionalMediationAvailable(): Promise<boolean> {
      return false;
    }
  }
  class AuthenticatorResponse extends Hidden {}
  class AuthenticatorAttestationResponse extends AuthenticatorResponse {}
  class AuthenticatorAssertionResponse extends AuthenticatorResponse {}
  define(Credential, ["id", "type"]);
  define(PublicKeyCredential, ["rawId", "response", "authenticatorAttachment"], {
    getClientExtensionResults: "clientExtensionResults",
  });
  define(AuthenticatorResponse, ["clientDataJSON"]);
  define(AuthenticatorAttestationResponse, ["attestationObject"], {
    getTransports: "transports",
    getAuthenticatorData: "authenticatorData",
    getPublicKey: "publicKey",
    getPublicKeyAlgorithm: "publicKeyAlgorithm",
  });
  define(AuthenticatorAssertionResponse, ["authenticatorData", "signature", "userHandle"]);

  class CredentialsContainer extends Hidden {
    async create({ publicKey, signal }: CredentialCreationOptions = {}): Promise<unknown> {
      inner(this, "");
      if (!publicKey) return null;
      const rpId = checkRpId(publicKey.rp.id);
      if (!publicKey.pubKeyCredParams.some(({ alg }) => alg === -7))
        throw new DOMException("No algorithm that can be had.", "NotSupportedError");
      const excluded = (publicKey.excludeCredentials ?? []).map(({ id }) => encode(bytesOf(id)));
      if (stored().some(({ id }) => excluded.includes(id)))
        throw new DOMException("There is one of the excluded credentials.", "InvalidStateError");
      const keys = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"]);
      signal?.throwIfAborted();
      const id = crypto.getRandomValues(new Uint8Array(32));
      const jwk = await subtle.exportKey("jwk", keys.publicKey);
      const made: Stored = {
        id: encode(id),
        rpId,
        userHandle: encode(bytesOf(publicKey.user.id)),
        privateKey: await subtle.exportKey("jwk", keys.privateKey),
      };
      sessionStorage.setItem(CREDENTIALS, JSON.stringify([...stored(), made]));
      const coseKey = join(
        [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20],
        decode(jwk.x!),
        [0x22, 0x58, 0x20],
        decode(jwk.y!),
      );
      // All but the AAGUID, which is that of nobody.
      const attested = join(new Uint8Array(16), [0, id.length], id, coseKey);
      const authenticatorData = join(await sha256(utf8.encode(rpId)), [0x5d, 0, 0, 0, 0], attested);
      const attestationObject = join(
        [
          0xa3,
          0x63,
          ...utf8.encode("fmt"),
          0x64,
          ...utf8.encode("none"),
          0x67,
          ...utf8.encode("attStmt"),
          0xa0,
        ],
        [0x68, ...utf8.encode("authData"), 0x58, authenticatorData.length],
        authenticatorData,
      );
      return credential(
        made,
        new AuthenticatorAttestationResponse(SECRET, {
          clientDataJSON: clientData("webauthn.create", publicKey.challenge).buffer,
          attestationObject: attestationObject.buffer,
          authenticatorData: authenticatorData.buffer,
          publicKey: await subtle.exportKey("spki", keys.publicKey),
          publicKeyAlgorithm: -7,
          transports: ["internal", "hybrid"],
        }),
      );
    }

    async get({ publicKey, signal }: CredentialRequestOptions = {}): Promise<unknown> {
      inner(this, "");
      if (!publicKey) return null;
      signal?.throwIfAborted();
      const rpId = checkRpId(publicKey.rpId);
      const allowed = (publicKey.allowCredentials ?? []).map(({ id }) => encode(bytesOf(id)));
      const fit = stored().filter(
        (each) => each.rpId === rpId && (allowed.length === 0 || allowed.includes(each.id)),
      );
      const used = fit.at(-1);
      if (!used) throw new DOMException("There is no credential for this.", "NotAllowedError");
      const key = await subtle.importKey(
        "jwk",
        used.privateKey,
        { name: "ECDSA", namedCurve: "P-256" },
        false,
        ["sign"],
      );
      const clientDataJSON = clientData("webauthn.get", publicKey.challenge);
      const authenticatorData = join(await sha256(utf8.encode(rpId)), [0x1d, 0, 0, 0, 0]);
      const signed = join(authenticatorData, await sha256(clientDataJSON));
      const signature = new Uint8Array(await subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, signed));
      return credential(
        used,
        new AuthenticatorAssertionResponse(SECRET, {
          clientDataJSON: clientDataJSON.buffer,
          authenticatorData: authenticatorData.buffer,
          signature: derOf(signature).buffer,
          userHandle: decode(used.userHandle).buffer,
        }),
      );
    }

    async store(): Promise<never> {
      throw new DOMException("Not implemented.", "NotSupportedError");
    }

    async preventSilentAccess(): Promise<void> {}
  }

  for (const made of [
    Credential,
    PublicKeyCredential,
    AuthenticatorResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorAssertionResponse,
    CredentialsContainer,
  ])
    Object.defineProperty(scope, made.name, { value: made, configurable: true, writable: true });
  const container = new CredentialsContainer(SECRET, {});
  sayNative(CredentialsContainer.prototype, container);
  sayNative(PublicKeyCredential, PublicKeyCredential);
  Object.defineProperty(Navigator.prototype, "credentials", {
    get: () => container,
    configurable: true,
    enumerable: true,
  });

  /** Bound functions say that they are native, as the browser's own would. */
  function sayNative(holder: object, self: object): void {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(holder)))
      if (name !== "constructor" && typeof property.value === "function")
        Object.defineProperty(holder, name, {
          ...property,
          value: property.value.bind(self),
          enumerable: true,
        });
  }

  function credential(of: Stored, response: object): object {
    return new PublicKeyCredential(SECRET, {
      id: of.id,
      type: "public-key",
      rawId: decode(of.id).buffer,
      response,
      authenticatorAttachment: "platform",
      clientExtensionResults: {},
    });
  }

  function stored(): Stored[] {
    return JSON.parse(sessionStorage.getItem(CREDENTIALS) ?? "[]") as Stored[];
  }

  function checkRpId(rpId: string = location.hostname): string {
    if (location.hostname !== rpId && !location.hostname.endsWith(`.${rpId}`))
      throw new DOMException("The RP ID is not one of this origin.", "SecurityError");
    return rpId;
  }

  function clientData(type: string, challenge: BufferSource): Uint8Array<ArrayBuffer> {
    const members = {
      type,
      challenge: encode(bytesOf(challenge)),
      origin: location.origin,
      crossOrigin: self !== top,
    };
    return utf8.encode(JSON.stringify(members));
  }

  async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return new Uint8Array(await subtle.digest("SHA-256", bytes));
  }

  /** Two numbers of 32 bytes as an ASN.1 sequence. */
  function derOf(signature: Uint8Array): Uint8Array<ArrayBuffer> {
    const integer = (bytes: Uint8Array) => {
      const start = bytes.findIndex((byte) => byte !== 0);
      const digits = bytes.subarray(start);
      return digits[0]! > 127 ? [2, digits.length + 1, 0, ...digits] : [2, digits.length, ...digits];
    };
    const numbers = [...integer(signature.subarray(0, 32)), ...integer(signature.subarray(32))];
    return join([0x30, numbers.length], numbers);
  }

  function bytesOf(source: BufferSource): Uint8Array {
    return ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source);
  }

  function join(...parts: (Uint8Array | number[])[]): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(parts.flatMap((part) => [...part]));
  }

  function encode(bytes: Uint8Array): string {
    return btoa(String.fromCharCode(...bytes))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=/g, "");
  }

  function decode(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
  }
}
