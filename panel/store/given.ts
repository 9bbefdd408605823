import { type ReadonlySignal, signal } from "@preact/signals";
import {
  type GivenCertificate,
  type Problem,
  type PublicKey,
  parseCertificates,
  parsePublicKey,
} from "../../src/index.js";

/** What a person knows beyond the recording: keys of credentials registered elsewhere, roots to trust. */
export interface Given {
  /** by credential ID, base64url */
  readonly publicKeys: ReadonlySignal<ReadonlyMap<string, PublicKey>>;
  readonly roots: ReadonlySignal<readonly GivenCertificate[]>;
  /** Takes a key in any usual form; one that can't be read changes nothing and is explained. */
  giveKey(credentialId: string, text: string): readonly Problem[];
  removeKey(credentialId: string): void;
  /** Takes certificates; if one of them can't be read, none is taken, and it is explained. */
  giveRoots(text: string): Promise<readonly Problem[]>;
  removeRoots(): void;
}

/** Kept for as long as the panel is open, and no longer: they belong to one investigation. */
export function openGiven(): Given {
  const publicKeys = signal<ReadonlyMap<string, PublicKey>>(new Map());
  const roots = signal<readonly GivenCertificate[]>([]);
  return {
    publicKeys,
    roots,
    giveKey(credentialId, text) {
      const { publicKey, problems } = parsePublicKey(text);
      if (publicKey) publicKeys.value = new Map(publicKeys.peek()).set(credentialId, publicKey);
      return problems;
    },
    removeKey(credentialId) {
      const kept = new Map(publicKeys.peek());
      kept.delete(credentialId);
      publicKeys.value = kept;
    },
    async giveRoots(text) {
      const { certificates, problems } = await parseCertificates(text);
      if (problems.length === 0) roots.value = [...roots.peek(), ...certificates.filter(isNew)];
      return problems;
    },
    removeRoots() {
      roots.value = [];
    },
  };

  function isNew({ der }: GivenCertificate): boolean {
    return !roots.peek().some((root) => root.der.join() === der.join());
  }
}
