import type { Session } from 'electron';
import { evaluateNavigation, evaluateResolved, type PanePolicy } from './navigation-policy.ts';
import { literalAddress } from './private-addresses.ts';

/**
 * Every request of the pane, subresources too, is held against the policy: first its address, then what its name resolves
 * to, so that a public name cannot lead into the store's own network.
 */
export function filterRequests(session: Session, policy: PanePolicy): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    void mayRequest(session, details.url, policy).then((allowed) => callback({ cancel: !allowed }));
  });
}

async function mayRequest(session: Session, address: string, policy: PanePolicy): Promise<boolean> {
  const { protocol, hostname } = new URL(address);
  // Pages make these from what they already have; they reach no host. Navigating to them is refused elsewhere.
  if (protocol === 'data:' || protocol === 'blob:') return true;
  if (!evaluateNavigation(address, policy).allowed) return false;
  if (literalAddress(hostname) !== null) return true;
  try {
    const { endpoints } = await session.resolveHost(hostname);
    return evaluateResolved(
      address,
      endpoints.map(({ address: resolved }) => resolved),
      policy,
    ).allowed;
  } catch {
    // A name that this computer cannot resolve reaches nothing directly; a proxy may know it and has its own rules.
    return true;
  }
}
