import { session as sessions, type Session } from 'electron';
import type { PanePolicy } from './navigation-policy.ts';
import type { RequestBudget } from './page-gate.ts';
import { filterRequests } from './pane-request-filter.ts';

/** Where the pane stands for one profile: what it may reach, and where it begins. */
export interface PaneTarget {
  readonly policy: PanePolicy;
  readonly startAddress: string;
}

/** Do both begin at the same server's, and may reach the same? */
export function samePlace(one: PaneTarget, other: PaneTarget): boolean {
  const samePolicy =
    one.policy.issuer.href === other.policy.issuer.href &&
    one.policy.privateHosts.join() === other.policy.privateHosts.join();
  return samePolicy && one.startAddress === other.startAddress;
}

/**
 * One session for each Authorization server, so that a person who licenses several servers signs in once.
 * On Linux in memory: a locked or frozen keyring would keep an encrypted one from opening.
 */
export function paneSession(target: PaneTarget, budget: RequestBudget): Session {
  const name = `authorization-${target.policy.issuer.host.replaceAll(/[^a-z0-9.-]/gi, '_')}`;
  const session = sessions.fromPartition(process.platform === 'linux' ? name : `persist:${name}`);
  filterRequests(session, target.policy, budget);
  return session;
}
