import { isOwnAddress } from '../../../authorization/issuer-address.ts';
import { isPrivateAddress, isPrivateName, literalAddress } from '../private-addresses.ts';

/** What the Authorization pane may reach, for one profile. */
export interface PanePolicy {
  readonly issuer: URL;
  /** Hosts on a private network that the settings allow, such as a company's own sign-in. */
  readonly privateHosts: readonly string[];
}

type NavigationVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly reason: 'malformed' | 'scheme' | 'credentials' | 'private_address' };

/**
 * Whether the pane may go to an address. Allows every public https address, because sign-in is often federated, the profile's
 * own server, and the private hosts that the settings name. Allows plain http only for the profile's own loopback server.
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

/** Whether a request may go to the resolved addresses. A public name may still resolve to a private address. */
export function evaluateResolved(address: string, resolved: readonly string[], policy: PanePolicy): NavigationVerdict {
  const url = new URL(address);
  if (isOwnServer(url, policy) || policy.privateHosts.includes(url.host)) return { allowed: true };
  return resolved.some(isPrivateAddress) ? refuse('private_address') : { allowed: true };
}

/** Whether the URL is at the profile's own Authorization server, with the same scheme and port. */
export function isOwnServer(url: URL, { issuer }: PanePolicy): boolean {
  return isOwnAddress(url, issuer);
}

function refuse(reason: 'malformed' | 'scheme' | 'credentials' | 'private_address'): NavigationVerdict {
  return { allowed: false, reason };
}
