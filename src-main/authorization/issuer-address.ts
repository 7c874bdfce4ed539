import { fail, type Result, succeed } from '../../src-shared/result.ts';

/**
 * Reads an Authorization server's address as a person typed it: https, or http for loopback alone; no user, query or
 * fragment (RFC 8414 §2). A path is legal. Failures: `issuer_malformed`, `issuer_insecure`.
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

/** https, or plain http to this computer itself. */
export function isAllowedTransport(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** Is that host this computer itself (RFC 6890 loopback, RFC 6761 localhost)? */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Is that address the Authorization server's own, on its own scheme and port? */
export function isOwnAddress(url: URL, issuer: URL): boolean {
  if (url.host !== issuer.host) return false;
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  if (issuer.protocol === 'https:') return secure;
  return isLoopbackHost(url.hostname) && (url.protocol === 'http:' || url.protocol === 'ws:');
}

/**
 * Are both the same issuer? Addresses are compared as addresses (RFC 3986 §6.2.2, §6.2.3): capitals in scheme and host, the
 * default port and a trailing slash make no other one; capitals in the path do. What is no plain address is compared as text.
 */
export function sameIssuer(one: string, other: string): boolean {
  if (one === other) return true;
  const address = comparable(one);
  return address !== null && address === comparable(other);
}

/** An issuer as the text that all ways to write it share; null where it is no address of an issuer (RFC 8414 §2). */
function comparable(issuer: string): string | null {
  if (!/^https?:\/\/[^\s\\@?#]+$/i.test(issuer) || !URL.canParse(issuer)) return null;
  return new URL(issuer).href.replace(/\/+$/, '');
}
