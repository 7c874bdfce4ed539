import { isOwnAddress } from '../authorization/issuer-address.ts';
import { isPrivateAddress, isPrivateName, literalAddress } from './private-addresses.ts';

/** What the Authorization pane may reach, for one profile. */
export interface PanePolicy {
  readonly issuer: URL;
  /** Hosts on a private network that a setting names, such as a company's own sign-in. */
  readonly privateHosts: readonly string[];
}

export type NavigationVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'malformed' | 'scheme' | 'credentials' | 'private_address' };

/**
 * May the pane go there? Any public https address, since sign-in is often federated; the profile's own server and hosts that
 * a setting names on a private network; plain http for the profile's own loopback server alone.
 */
export function evaluateNavigation(address: string, policy: PanePolicy): NavigationVerdict {
  if (!URL.canParse(address)) return refuse('malformed');
  const url = new URL(address);
  if (url.username || url.password) return refuse('credentials');
  if (isOwnServer(url, policy)) return { allowed: true };
  if (url.protocol !== 'https:' && url.protocol !== 'wss:') return refuse('scheme');
  if (policy.privateHosts.includes(url.host)) return { allowed: true };
  const literal = literalAddress(url.hostname);
  const isPrivate = literal === null ? isPrivateName(url.hostname) : isPrivateAddress(literal);
  return isPrivate ? refuse('private_address') : { allowed: true };
}

/** A public name may still lead to a private address: may a request go to what it resolved to? */
export function evaluateResolved(address: string, resolved: readonly string[], policy: PanePolicy): NavigationVerdict {
  const url = new URL(address);
  if (isOwnServer(url, policy) || policy.privateHosts.includes(url.host)) return { allowed: true };
  return resolved.some(isPrivateAddress) ? refuse('private_address') : { allowed: true };
}

/** The profile's own Authorization server, on its own scheme and port. */
export function isOwnServer(url: URL, { issuer }: PanePolicy): boolean {
  return isOwnAddress(url, issuer);
}

function refuse(reason: 'malformed' | 'scheme' | 'credentials' | 'private_address'): NavigationVerdict {
  return { allowed: false, reason };
}
