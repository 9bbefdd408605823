/**
 * JSON that keeps what JSON loses. Plain values, arrays and objects stand for themselves;
 * everything else is an object with a "$" member. A page's own member whose name consists
 * only of "$" signs is written with one "$" more.
 */
export type Snapshot =
  | null
  | boolean
  | number
  | string
  | Snapshot[]
  | { [key: string]: Snapshot }
  | { $: "undefined" }
  /** type: "ArrayBuffer", "Uint8Array", "DataView", … */
  | { $: "bytes"; type: string; base64url: string }
  /** a secret; length in bytes (or UTF-16 units of a string), fingerprint: first 4 bytes of its SHA-256, hex */
  | { $: "masked"; type: string; length: number; fingerprint: string }
  | { $: "number"; value: "NaN" | "Infinity" | "-Infinity" | "-0" }
  | { $: "bigint"; value: string }
  | { $: "symbol" | "function"; name: string }
  | { $: "AbortSignal"; aborted: boolean }
  /** id, rawId, type, authenticatorAttachment, clientExtensionResults, response: { clientDataJSON,
   * attestationObject | authenticatorData, signature, userHandle, transports, publicKey,
   * publicKeyAlgorithm }: read member by member, never by toJSON() */
  | { $: "PublicKeyCredential"; value: { [key: string]: Snapshot } }
  /** password, federated …: no secret is ever kept */
  | { $: "Credential"; type: string; id: string }
  | { $: "object"; class: string; value: { [key: string]: Snapshot } }
  /** a getter that threw */
  | { $: "unreadable"; error: string }
  | { $: "cycle" }
  /** too large to keep: of says what it was, length how much (bytes, members or characters) */
  | { $: "truncated"; of: string; length?: number };
