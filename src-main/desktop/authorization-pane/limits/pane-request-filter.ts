import type { Session } from 'electron';
import { evaluateNavigation, type PanePolicy } from './navigation-policy.ts';
import type { CallBudget } from './page-gate.ts';
import { helloHost } from '../pane-proxy/proxy-names.ts';

/**
 * Checks every request of the pane that Chromium reports, including subresources, against the policy before it is sent. The
 * pane's proxy decides about connections and resolved addresses, see {@link reach}.
 */
export function filterRequests(session: Session, policy: PanePolicy, budget: CallBudget): void {
  session.webRequest.onBeforeRequest(({ url, resourceType }, callback) => {
    // The page itself costs no budget: there is only one such request at a time, and a person may have caused it.
    const isInBudget = resourceType === 'mainFrame' || budget.take();
    callback({ cancel: !isInBudget || !mayRequest(url, policy) });
  });
}

function mayRequest(address: string, policy: PanePolicy): boolean {
  const { protocol, hostname } = new URL(address);
  // Pages create these URLs from data they already have, so they reach no host. Navigation to them is refused elsewhere.
  if (protocol === 'data:' || protocol === 'blob:') return true;
  return hostname === helloHost || evaluateNavigation(address, policy).allowed;
}
