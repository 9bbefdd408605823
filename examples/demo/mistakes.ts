import { randomBytes } from "node:crypto";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import type { Account, Expected, RelyingParty } from "./relyingParty.js";

/** A mistake that works on the developer's machine and goes wrong on an iPhone. */
export interface Mistake {
  id: string;
  title: string;
  /** what happens on the iPhone */
  onTheIPhone: string;
  /** the Keyhole rule that has to notice it */
  ruleId: string;
  steps: readonly Step[];
}

/** One ceremony of the story: a well-built request, spoilt in one place. */
interface Step {
  /** which of the story's people; each has an account of their own */
  who: "Alex" | "Robin";
  request(rp: RelyingParty, account: Account, story: Story): Promise<Expected>;
  how?: How;
}

/** What the page does other than hand the options to the library. */
export interface How {
  /** passes the challenge as the text that came from the server */
  challengeAsText?: true;
  /** stops waiting after this many milliseconds, as people do */
  giveUpAfterMs?: number;
}

/** The accounts of one run of a mistake: fresh ones, so that no run disturbs another. */
export class Story {
  readonly #accounts = new Map<Step["who"], Account>();
  readonly #suffix = randomBytes(3).toString("hex");

  account(rp: RelyingParty, who: Step["who"]): Account {
    const account = this.#accounts.get(who) ?? rp.draft(`${who.toLowerCase()}-${this.#suffix}@example.com`);
    this.#accounts.set(who, account);
    return account;
  }

  accounts(): Account[] {
    return [...this.#accounts.values()];
  }
}

const GIVE_UP_MS = 2_000;

export const MISTAKES: readonly Mistake[] = [
  {
    id: "user-id-again",
    title: "Register the same user.id again, without excludeCredentials",
    onTheIPhone: "The first passkey is gone, on every synced device. The server still believes in it.",
    ruleId: "user-id-reused-overwrites-passkey",
    steps: [register(), register((options) => ({ ...options, excludeCredentials: [] }))],
  },
  {
    id: "user-id-shared",
    title: "Give two accounts the same user.id",
    onTheIPhone: "Registering Robin deletes Alex's passkey.",
    ruleId: "user-id-shared-by-accounts",
    steps: [
      register(),
      {
        ...register(),
        who: "Robin",
        async request(rp, account, story) {
          account.userId = story.account(rp, "Alex").userId;
          return registration(account, await rp.registrationOptions(account));
        },
      },
    ],
  },
  {
    id: "user-id-long",
    title: "Use a user.id of 65 bytes",
    onTheIPhone: "No sheet appears, only a TypeError: 64 bytes is the most.",
    ruleId: "user-id-length",
    steps: [
      register((options) => ({
        ...options,
        user: { ...options.user, id: randomBytes(65).toString("base64url") },
      })),
    ],
  },
  {
    id: "cross-platform",
    title: 'Ask for authenticatorAttachment "cross-platform"',
    onTheIPhone: "People who want a passkey are told to insert a security key.",
    ruleId: "attachment-pins-ios-sheet",
    steps: [
      register((options) => selection(options, { authenticatorAttachment: "cross-platform" }), {
        giveUpAfterMs: GIVE_UP_MS,
      }),
    ],
  },
  {
    id: "internal-only",
    title: 'Sign in with transports ["internal"] alone',
    onTheIPhone: "No QR code for the passkey that is on another device.",
    ruleId: "allow-internal-only-hides-qr",
    steps: [register(), signIn(["internal"])],
  },
  {
    id: "hybrid-only",
    title: 'Sign in with transports ["hybrid"] alone',
    onTheIPhone: "The passkey is on this very phone, and yet it may ask for another device.",
    ruleId: "allow-hybrid-only-misses-local",
    steps: [register(), signIn(["hybrid"], { giveUpAfterMs: GIVE_UP_MS })],
  },
  {
    id: "exclude-hybrid",
    title: 'Exclude the known passkey with transports ["hybrid"]',
    onTheIPhone: "The phone does not see that it has this passkey, and replaces it.",
    ruleId: "exclude-without-internal-transport",
    steps: [
      register(),
      register((options) => ({
        ...options,
        excludeCredentials: options.excludeCredentials?.map((entry) => ({
          ...entry,
          transports: ["hybrid"],
        })),
      })),
    ],
  },
  {
    id: "no-es256",
    title: "Accept RS256 (-257) alone",
    onTheIPhone: "Face ID succeeds, then the registration cannot finish: Apple makes ES256 keys.",
    ruleId: "es256-missing",
    steps: [
      register((options) => ({ ...options, pubKeyCredParams: [{ type: "public-key", alg: -257 }] }), {
        giveUpAfterMs: GIVE_UP_MS,
      }),
    ],
  },
  {
    id: "text-challenge",
    title: "Pass the challenge as a string",
    onTheIPhone: 'No sheet, only "TypeError: Type error".',
    ruleId: "binary-not-buffersource",
    steps: [register((options) => options, { challengeAsText: true })],
  },
  {
    id: "null-attachment",
    title: "Send authenticatorAttachment: null",
    onTheIPhone: "No sheet, only a TypeError. Chrome ignores the null and works.",
    ruleId: "webidl-enum-typeerror",
    steps: [register((options) => selection(options, { authenticatorAttachment: null }))],
  },
  {
    id: "misspelt-transport",
    title: 'Sign in with the transport "hybriq"',
    onTheIPhone: "No sheet, only a TypeError. Chrome ignores the unknown word and works.",
    ruleId: "webidl-enum-typeerror",
    steps: [register(), signIn(["internal", "hybrid", "hybriq"])],
  },
  {
    id: "hints-only",
    title: "Steer with hints alone",
    onTheIPhone: "Safari does not know hints: the usual sheet appears.",
    ruleId: "hints-ignored",
    steps: [register((options) => ({ ...options, hints: ["security-key"] }))],
  },
];

function register(
  spoil: (options: PublicKeyCredentialCreationOptionsJSON) => unknown = (options) => options,
  how?: How,
): Step {
  return {
    who: "Alex",
    request: async (rp, account) => registration(account, spoil(await rp.registrationOptions(account))),
    ...(how && { how }),
  };
}

function signIn(transports: readonly string[], how?: How): Step {
  return {
    who: "Alex",
    async request(rp, account) {
      const options = await rp.authenticationOptions(account);
      const allowCredentials = options.allowCredentials?.map((entry) => ({ ...entry, transports }));
      return {
        kind: "authentication",
        options: { ...options, allowCredentials } as PublicKeyCredentialRequestOptionsJSON,
      };
    },
    ...(how && { how }),
  };
}

const registration = (account: Account, options: unknown): Expected => ({
  kind: "registration",
  account,
  options: options as PublicKeyCredentialCreationOptionsJSON,
});

const selection = (options: PublicKeyCredentialCreationOptionsJSON, change: object) => ({
  ...options,
  authenticatorSelection: { ...options.authenticatorSelection, ...change },
});
