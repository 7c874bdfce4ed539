import { type Session, session as sessions } from 'electron';
import type { PanePolicy } from './navigation-policy.ts';
import { type CallBudget, openingCost } from './page-gate.ts';
import { sandboxPages } from './pane-dialogs.ts';
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

/** What the pages of one Authorization server keep: a person who licenses several servers at it signs in once. */
interface SignIn {
  readonly server: string;
  readonly session: Session;
  /** The budget of the pane that shows its pages now. */
  budget: CallBudget;
}

let signIn: SignIn | null = null;
let signIns = 0;

/**
 * A session in memory, under a new name for each sign-in. What a request, a worker or a page of an earlier sign-in still stores goes to
 * the earlier session, and no later page can read it.
 */
export function paneSession(target: PaneTarget, budget: CallBudget): Session {
  keepSignInAt(target);
  if (signIn === null) {
    signIns += 1;
    const made: SignIn = {
      server: serverOf(target),
      session: sessions.fromPartition(`authorization-${signIns}`),
      budget,
    };
    sandboxPages(made.session);
    // Downloads are refused for every session. Each one counts.
    made.session.on('will-download', () => void made.budget.take(openingCost));
    signIn = made;
  }
  signIn.budget = budget;
  filterRequests(signIn.session, target.policy, budget);
  // Every permission is denied, and each question counts against the budget.
  signIn.session.setPermissionRequestHandler((_contents, _permission, answer) => {
    budget.take();
    answer(false);
  });
  return signIn.session;
}

/** Another Authorization server ends the sign-in at the one before. */
export function keepSignInAt(target: PaneTarget): void {
  if (signIn !== null && signIn.server !== serverOf(target)) void endSignIn();
}

/**
 * After its pages were closed: its connections end, then all that it kept is cleared. The next page begins with nothing, also
 * where something could not be cleared.
 */
export async function endSignIn(): Promise<void> {
  const ended = signIn?.session;
  signIn = null;
  if (!ended) return;
  await Promise.allSettled([ended.closeAllConnections()]);
  await Promise.allSettled([
    ended.clearStorageData(),
    ended.clearCache(),
    ended.clearAuthCache(),
    ended.clearHostResolverCache(),
  ]);
}

function serverOf({ policy }: PaneTarget): string {
  return policy.issuer.host;
}
