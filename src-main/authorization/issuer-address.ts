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

/** Are both the same issuer? A trailing slash that a person typed too much or too little makes no other one. */
export function sameIssuer(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}
