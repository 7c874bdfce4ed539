import { fail, type Result, succeed } from '../../src-shared/result.ts';

/**
 * Parses an Authorization server's address that a person typed. It must be https, or http for loopback, and must have no user,
 * query or fragment (RFC 8414 §2). A path is allowed. Failures: `issuer_malformed`, `issuer_insecure`.
 */
export function parseIssuerAddress(typed: string): Result<URL> {
  const text = typed.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text))
    return fail('issuer_malformed', { facts: { typed: text } });
  const url = new URL(text);
  if (url.username || url.password || url.search || url.hash)
    return fail('issuer_malformed', { facts: { typed: text } });
  if (!isAllowedTransport(url)) {
    return fail(url.protocol === 'http:' ? 'issuer_insecure' : 'issuer_malformed', { facts: { typed: text } });
  }
  return succeed(url);
}

/** True for https, and for http to this computer. */
export function isAllowedTransport(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** Is the host this computer (RFC 6890 loopback, RFC 6761 localhost)? */
function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Does the address have the Authorization server's host, port and scheme? `wss` and `ws` count as `https` and `http`. */
export function isOwnAddress(url: URL, issuer: URL): boolean {
  if (url.host !== issuer.host) return false;
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  if (issuer.protocol === 'https:') return secure;
  return isLoopbackHost(url.hostname) && (url.protocol === 'http:' || url.protocol === 'ws:');
}

/**
 * Are both the same issuer? Compares them as normalized URLs (RFC 3986 §6.2.2, §6.2.3): case in scheme and host, a default port
 * and trailing slashes make no difference, but case in the path does. Text that is not a plain address is compared verbatim.
 */
export function sameIssuer(one: string, other: string): boolean {
  if (one === other) return true;
  const address = comparable(one);
  return address !== null && address === comparable(other);
}

/** Normalizes an issuer. Null if it is not a valid issuer address (RFC 8414 §2). */
function comparable(issuer: string): string | null {
  if (!/^https?:\/\/[^\s\\@?#]+$/i.test(issuer) || !URL.canParse(issuer)) return null;
  return new URL(issuer).href.replace(/\/+$/, '');
}
