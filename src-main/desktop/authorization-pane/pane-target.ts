import { type Cookie, type Session, session as sessions } from 'electron';
import { present } from '../../../src-shared/present.ts';
import { leaveDownloads } from './limits/deny-by-default.ts';
import type { PanePolicy } from './limits/navigation-policy.ts';
import { type CallBudget, openingCost } from './limits/page-gate.ts';
import type { PaneDownloads } from './downloads/pane-downloads.ts';
import { sandboxPages } from './limits/pane-dialogs.ts';
import { filterRequests } from './limits/pane-request-filter.ts';

/** The pane's settings for one profile: what it may reach, and where it starts. */
export interface PaneTarget {
  /** The id of the profile. Another server starts at the start page, without the pages of the previous server. */
  readonly profileId: string;
  readonly policy: PanePolicy;
  readonly startAddress: string;
  /** Patterns of the hosts that may use the sign-in of this computer's user. */
  readonly integratedHosts: readonly string[];
}

/** Whether both are for the same server, with the same settings. */
export function samePlace(one: PaneTarget, other: PaneTarget): boolean {
  const samePolicy =
    one.policy.issuer.href === other.policy.issuer.href &&
    one.policy.privateHosts.join() === other.policy.privateHosts.join();
  const sameSignIn = one.integratedHosts.join() === other.integratedHosts.join();
  return one.profileId === other.profileId && samePolicy && sameSignIn && one.startAddress === other.startAddress;
}

/** Whether the address is the start address of the target. */
export function startsAt({ startAddress }: PaneTarget, address: string): boolean {
  return URL.canParse(startAddress) && new URL(startAddress).href === address;
}

type AnswersDownloads = Pick<PaneDownloads, 'answer'>;

/** The stored data of one Authorization server's pages. It is shared, so that a person signs in once to license several servers. */
interface SignIn {
  readonly server: string;
  readonly session: Session;
  /** The budget and the downloads of the pane that shows its pages now. */
  budget: CallBudget;
  downloads: AnswersDownloads;
}

let signIn: SignIn | null = null;
let signIns = 0;

/**
 * The in-memory session of the current sign-in. Each sign-in gets a new partition name. Data that requests, workers or pages
 * of an earlier sign-in still store goes to the earlier session, so no later page can read it.
 */
export function paneSession(target: PaneTarget, budget: CallBudget, downloads: AnswersDownloads): Session {
  keepSignInAt(target);
  if (signIn === null) {
    signIns += 1;
    const made: SignIn = {
      server: serverOf(target),
      session: sessions.fromPartition(`authorization-${signIns}`),
      budget,
      downloads,
    };
    sandboxPages(made.session);
    leaveDownloads(made.session);
    made.session.on('will-download', (event, item, contents) =>
      made.budget.take(openingCost) ? made.downloads.answer(event, item, contents) : event.preventDefault(),
    );
    signIn = made;
  }
  signIn.budget = budget;
  signIn.downloads = downloads;
  filterRequests(signIn.session, target.policy, budget);
  // Every permission is denied, and each request counts against the budget.
  signIn.session.setPermissionRequestHandler((_contents, _permission, answer) => {
    budget.take();
    answer(false);
  });
  return signIn.session;
}

/** Ends the sign-in if the target is at another Authorization server. */
export function keepSignInAt(target: PaneTarget): void {
  if (signIn !== null && signIn.server !== serverOf(target)) void endSignIn();
}

/**
 * Call after the pages were closed. Ends the connections, then clears all stored data. The next page starts with an empty
 * session, even if something could not be cleared.
 */
export async function endSignIn(): Promise<void> {
  const ended = signIn?.session;
  signIn = null;
  if (ended) await clear(ended);
}

/**
 * Call after the pages were closed. Moves the cookies to a new session, so that the person stays signed in. If a server breaks the
 * connection, Chromium keeps the answer to its question for a certificate as long as the session lives.
 */
export async function forgetCertificateAnswers(opened: () => Session): Promise<void> {
  const before = signIn?.session;
  signIn = null;
  if (!before) return;
  const { cookies } = opened();
  const kept = await before.cookies.get({});
  await Promise.allSettled(kept.map((cookie) => cookies.set({ ...settable(cookie), url: placeOf(cookie) })));
  await clear(before);
}

/** A cookie without a domain is only for its host (RFC 6265 §5.3). */
function settable({ name, value, domain, hostOnly, path, secure, httpOnly, expirationDate, sameSite }: Cookie) {
  const own = { name, value, path, secure, httpOnly, sameSite, domain: hostOnly ? undefined : domain };
  return present({ ...own, expirationDate });
}

function placeOf({ secure, domain = '', path = '/' }: Cookie): string {
  return `${secure ? 'https' : 'http'}://${domain.replace(/^\./, '')}${path}`;
}

async function clear(ended: Session): Promise<void> {
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
