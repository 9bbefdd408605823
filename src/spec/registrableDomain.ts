import { getDomain, getPublicSuffix, parse } from "tldts";

const AS_BROWSERS_DO = { allowPrivateDomains: true, extractHostname: false };

/**
 * What a site may be named by at the widest: "example.co.uk" of "login.example.co.uk", by the public suffix
 * list. A host of one label, an IP address and a public suffix stand for themselves.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#obtain-a-site
 */
export function registrableDomain(host: string): string {
  return getDomain(host, AS_BROWSERS_DO) ?? host;
}

/** Whether everybody can have names below it, as below "com", "co.uk" and "github.io". */
export function isPublicSuffix(host: string): boolean {
  return host !== "localhost" && getPublicSuffix(host, AS_BROWSERS_DO) === host;
}

/** Whether the public suffix list itself names it: "com" and "github.io", not the "intranet" of some office. */
export function isListedSuffix(host: string): boolean {
  const { publicSuffix, isIcann, isPrivate } = parse(host, AS_BROWSERS_DO);
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}

/**
 * Whether a page on that host may name the RP ID without related origins.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#is-a-registrable-domain-suffix-of-or-is-equal-to
 */
export function isRpIdFor(rpId: string, host: string): boolean {
  if (rpId === host) return true;
  return host.endsWith(`.${rpId}`) && !isIpAddress(host) && !isPublicSuffix(rpId);
}

/** An IPv4 address, or an IPv6 address as URLs write it: "[::1]". */
export function isIpAddress(host: string): boolean {
  return host.startsWith("[") || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}
