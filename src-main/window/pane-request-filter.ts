import type { Session } from 'electron';
import { evaluateNavigation, type PanePolicy } from './navigation-policy.ts';
import type { CallBudget } from './page-gate.ts';
import { helloHost } from './pane-proxy/proxy-names.ts';

/**
 * Every request of the pane that Chromium tells of, subresources too, is held against the policy before it is sent. What is
 * connected to, and to which address a name leads, is decided by the pane's proxy, see {@link reach}.
 */
export function filterRequests(session: Session, policy: PanePolicy, budget: CallBudget): void {
  session.webRequest.onBeforeRequest(({ url, resourceType }, callback) => {
    // Of the page itself there is one at a time, and a person may have asked for it.
    const isInBudget = resourceType === 'mainFrame' || budget.take();
    callback({ cancel: !isInBudget || !mayRequest(url, policy) });
  });
}

function mayRequest(address: string, policy: PanePolicy): boolean {
  const { protocol, hostname } = new URL(address);
  // Pages make these from what they already have; they reach no host. Navigating to them is refused elsewhere.
  if (protocol === 'data:' || protocol === 'blob:') return true;
  return hostname === helloHost || evaluateNavigation(address, policy).allowed;
}
