import { randomBytes } from "node:crypto";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from "@simplewebauthn/server";

/** ES256 for every phone, RS256 for older Windows Hello. */
const ALGORITHMS = [-7, -257];
const TIMEOUT_MS = 300_000;

export interface Account {
  name: string;
  /** the user handle: random, never shown, never derived from the name */
  userId: Uint8Array<ArrayBuffer>;
  passkeys: Passkey[];
}

export interface Passkey {
  credential: WebAuthnCredential;
  aaguid: string;
  backedUp: boolean;
  createdAt: Date;
  lastUsedAt?: Date;
}

/** What the relying party waits for. It is used up by the first answer, right or wrong. */
export type Expected =
  | { kind: "registration"; account: Account; options: PublicKeyCredentialCreationOptionsJSON }
  | { kind: "authentication"; options: PublicKeyCredentialRequestOptionsJSON };

/** What the relying party says to a response. `account` is there only when it was accepted. */
export interface Answer {
  accepted: boolean;
  because: string;
  account?: Account;
}

/**
 * A relying party in memory. `rpId` is a domain, `origin` the one page origin that it accepts.
 * Its options are what a well-built site sends; the mistakes live in `mistakes.ts`.
 */
export class RelyingParty {
  readonly #accounts = new Map<string, Account>();
  readonly rpId: string;
  readonly #origin: string;

  constructor(rpId: string, origin: string) {
    this.rpId = rpId;
    this.#origin = origin;
  }

  find(name: string): Account | undefined {
    return this.#accounts.get(name.toLowerCase());
  }

  forget(account: Account): void {
    if (this.find(account.name) === account) this.#accounts.delete(account.name.toLowerCase());
  }

  /** An account that exists only once its first passkey was accepted. */
  draft(name: string, userId = new Uint8Array(randomBytes(32))): Account {
    return { name, userId, passkeys: [] };
  }

  async registrationOptions(account: Account): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const options = await generateRegistrationOptions({
      rpName: "Keyhole demo",
      rpID: this.rpId,
      userName: account.name,
      userDisplayName: account.name,
      userID: account.userId,
      attestationType: "none",
      timeout: TIMEOUT_MS,
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: account.passkeys.map(({ credential }) => descriptor(credential)),
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "preferred",
      },
    });
    // The library adds both to every request; this site has no use for either.
    delete options.hints;
    delete options.extensions;
    return options;
  }

  /** Without an account: whoever picks a passkey signs in. With one: only its passkeys will do. */
  async authenticationOptions(account?: Account): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      rpID: this.rpId,
      timeout: TIMEOUT_MS,
      userVerification: "preferred",
      ...(account && { allowCredentials: account.passkeys.map(({ credential }) => descriptor(credential)) }),
    });
  }

  /** Checks a response against what was expected and remembers what it proves; never throws. */
  async judge(expected: Expected, response: unknown): Promise<Answer> {
    try {
      return expected.kind === "registration"
        ? await this.#judgeRegistration(expected, response as RegistrationResponseJSON)
        : await this.#judgeAuthentication(expected, response as AuthenticationResponseJSON);
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error));
    }
  }

  async #judgeRegistration(
    { account, options }: Expected & { kind: "registration" },
    response: RegistrationResponseJSON,
  ): Promise<Answer> {
    const result = await verifyRegistrationResponse({
      response,
      expectedChallenge: options.challenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.rpId,
      requireUserVerification: options.authenticatorSelection?.userVerification === "required",
      supportedAlgorithmIDs: options.pubKeyCredParams.map(({ alg }) => alg),
    });
    if (!result.verified) return refuse("The attestation does not verify.");
    const { credential, aaguid, credentialBackedUp } = result.registrationInfo;
    if (this.#passkey(credential.id)) return refuse("This passkey belongs to an account already.");
    account.passkeys.push({ credential, aaguid, backedUp: credentialBackedUp, createdAt: new Date() });
    this.#accounts.set(account.name.toLowerCase(), account);
    return { accepted: true, because: `Registered a passkey for ${account.name}.`, account };
  }

  async #judgeAuthentication(
    { options }: Expected & { kind: "authentication" },
    response: AuthenticationResponseJSON,
  ): Promise<Answer> {
    const known = this.#passkey(response.id);
    if (!known) return refuse("No account has this passkey.");
    const { account, passkey } = known;
    const allowed = options.allowCredentials;
    if (allowed?.length && !allowed.some(({ id }) => id === response.id))
      return refuse("This passkey was not among those asked for.");
    const { userHandle } = response.response;
    if (userHandle && userHandle !== Buffer.from(account.userId).toString("base64url"))
      return refuse("The user handle is not the one of the passkey's account.");
    const result = await verifyAuthenticationResponse({
      response,
      expectedChallenge: options.challenge,
      expectedOrigin: this.#origin,
      expectedRPID: this.rpId,
      credential: passkey.credential,
      requireUserVerification: options.userVerification === "required",
    });
    if (!result.verified) return refuse("The signature does not verify.");
    passkey.credential.counter = result.authenticationInfo.newCounter;
    passkey.backedUp = result.authenticationInfo.credentialBackedUp;
    passkey.lastUsedAt = new Date();
    return { accepted: true, because: `Signed in as ${account.name}.`, account };
  }

  #passkey(id: string): { account: Account; passkey: Passkey } | undefined {
    for (const account of this.#accounts.values()) {
      const passkey = account.passkeys.find(({ credential }) => credential.id === id);
      if (passkey) return { account, passkey };
    }
    return undefined;
  }
}

const refuse = (because: string): Answer => ({ accepted: false, because });

/** The transports go back exactly as the browser reported them; none known means none said. */
function descriptor({ id, transports }: WebAuthnCredential) {
  return transports?.length ? { id, transports } : { id };
}
