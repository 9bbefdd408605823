import { GOOGLES_OWN } from "../rules/webauthn/appid-rejected.js";
import { isIpAddress, isListedSuffix, registrableDomain } from "../spec/registrableDomain.js";
import { Pseudonyms } from "./pseudonyms.js";
import { randomBelow } from "./randomBytes.js";

/**
 * Hosts, origins and addresses, masked. A query and a fragment always go, as does a user with a
 * password; hosts and paths only where `keepsHosts` is false. Every label of a host becomes one as long,
 * and what everybody has names below ("co.uk") stays, so that what belonged to one site still does.
 */
export class Addresses {
  readonly #hosts = new Map<string, string>();
  /** of paths, queries and stacks: words like any, which are no secret where they stand elsewhere */
  readonly words = new Pseudonyms();

  constructor(
    private readonly pseudonyms: Pseudonyms,
    readonly keepsHosts: boolean,
  ) {}

  /** A bare host, or whatever else a page wrote in its place. */
  host(text: string): string {
    if (this.keepsHosts && BARE_HOST.test(text)) return text;
    if (BARE_HOST.test(text) || isIpAddress(text)) return this.#host(text);
    return text === "" ? text : this.address(text);
  }

  /** An origin, a URL, or a part of one. `known` masks what else is known to be secret in a path that stays. */
  address(text: string, known: (path: string) => string = (path) => path): string {
    if (GOOGLES_OWN.has(text)) return text;
    const parts = ADDRESS.exec(text);
    const {
      scheme = "",
      slashes = "",
      user = "",
      host = "",
      port = "",
      path = "",
      rest = "",
    } = parts?.groups ?? {};
    if (NO_HOST.test(scheme)) return scheme + this.#words(slashes + user + host + port + path + rest);
    if (!parts) return this.#words(text);
    const isOfExtension = scheme.includes("extension");
    const isHost = BARE_HOST.test(host) || isIpAddress(host);
    const place = isOfExtension ? host : isHost ? this.#host(host) : this.#words(host);
    const way = this.keepsHosts ? known(path) : this.#words(path);
    return scheme + slashes + this.#words(user) + place + port + way + this.#words(rest);
  }

  #host(text: string): string {
    const known = this.#hosts.get(text);
    if (known !== undefined) return known;
    const masked = this.keepsHosts ? text : isIpAddress(text) ? maskIpAddress(text) : this.#domain(text);
    this.#hosts.set(text, masked);
    return masked;
  }

  #domain(host: string): string {
    if (/^localhost$/i.test(host) || host === OPAQUE_ORIGIN) return host;
    const labels = host.split(".");
    const isSuffix = (from: number) => isListedSuffix(labels.slice(from).join(".").toLowerCase());
    const from = labels.findIndex(
      (_, index) => isSuffix(index) || /^localhost$/i.test(labels.slice(index).join(".")),
    );
    // A rule knows Google by name.
    const isGoogles = registrableDomain(host.toLowerCase()) === "google.com";
    const kept = from < 0 ? labels.length : from - Number(isGoogles);
    return labels
      .map((label, index) => {
        if (index >= kept || label === "") return label;
        const rest = labels.slice(Math.max(index + 1, kept)).join(".");
        const isPlain = (candidate: string) => !isListedSuffix(rest ? `${candidate}.${rest}` : candidate);
        const prefix = /^xn--/i.exec(label)?.[0] ?? "";
        return prefix + this.pseudonyms.text(label.slice(prefix.length), isPlain);
      })
      .join(".");
  }

  #words(text: string): string {
    return text.replace(/[^/?#&=:@;,.\s]+/g, (word) => this.words.text(word));
  }
}

/** What a page in a sandbox has for an origin. It names nobody, and rules know it. */
const OPAQUE_ORIGIN = "null";
const BARE_HOST = /^[\p{L}\p{N}\p{M}_-]+(\.[\p{L}\p{N}\p{M}_-]+)*\.?$/u;
const ADDRESS =
  /^(?<scheme>[a-z][a-z0-9+.-]*:(?!\d))?(?<slashes>\/{2})?(?<user>[^/?#@\s]*@)?(?<host>\[[^\]]*\]|[^/?#:@\s]*)(?<port>:\d+)?(?<path>[^?#]*)(?<rest>.*)$/is;
const NO_HOST = /^(?:data|javascript|file|mailto|tel|android|ios):$/i;

/** Loopback addresses say nothing of anybody; others keep their length. */
function maskIpAddress(address: string): string {
  if (/^127\.|^\[?::1\]?$/.test(address)) return address;
  // Zeros may be left out, so that they stay and no others come.
  if (address.startsWith("[")) return address.replace(/[1-9a-f]/gi, () => (1 + randomBelow(15)).toString(16));
  return address.replace(/\d+/g, (part) => {
    const lowest = part.length === 1 ? 1 : 10 ** (part.length - 1);
    const size = part.length === 3 ? 156 : part.length === 2 ? 90 : 9;
    return String(lowest + randomBelow(size));
  });
}
