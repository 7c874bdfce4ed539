import { doubtOf } from '../../src-shared/license-status.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { LicenseEvent } from '../../src-shared/license-event.ts';
import type { ConsoleStanding, ServerStanding } from '../../src-shared/console-standing.ts';

/** What the history says last about a server; absent members were never spoken of. */
export interface LastKnown {
  readonly status?: Extract<LicenseEvent, { kind: 'status_changed' }>;
  readonly clock?: 'right' | 'wrong';
  readonly keychain?: FailureCode | undefined;
}

export interface StandingWatchDeps {
  readonly lastKnown: (profileId: string) => LastKnown;
  readonly append: (profileId: string, event: LicenseEvent) => void;
}

/**
 * Notes in the history what nobody did: a date that passed, a clock that went wrong, a keychain that closed. What was so at
 * the last run and still is, is not said again.
 */
export class StandingWatch {
  readonly #deps: StandingWatchDeps;
  readonly #known = new Map<string, LastKnown>();

  constructor(deps: StandingWatchDeps) {
    this.#deps = deps;
  }

  look({ servers, clock }: ConsoleStanding): void {
    for (const server of servers) {
      const before = this.#known.get(server.profileId) ?? this.#deps.lastKnown(server.profileId);
      // While the time is in doubt, the verdicts that depend on it stay as they were.
      const inDoubt = doubtOf(clock) !== undefined;
      const status = inDoubt ? before.status : statusOf(server);
      const clockState = inDoubt ? (before.clock ?? 'right') : clock.state;
      const keychain = server.keychain?.code;
      this.#known.set(server.profileId, { ...(status ? { status } : {}), clock: clockState, keychain });
      if (status && isNews(before.status, status)) this.#deps.append(server.profileId, status);
      if (!server.license) continue;
      if (clockState !== (before.clock ?? 'right'))
        this.#deps.append(server.profileId, { kind: 'clock_changed', clock: clockState });
      if (keychain !== before.keychain)
        this.#deps.append(server.profileId, { kind: 'keychain_changed', ...(keychain ? { code: keychain } : {}) });
    }
  }
}

/** What the kept history says last, from its events, oldest first. */
export function lastKnownOf(events: readonly LicenseEvent[]): LastKnown {
  const last = <K extends LicenseEvent['kind']>(kind: K) =>
    events.findLast((event): event is Extract<LicenseEvent, { kind: K }> => event.kind === kind);
  const [status, clock, keychain] = [last('status_changed'), last('clock_changed'), last('keychain_changed')];
  return {
    ...(status ? { status } : {}),
    ...(clock ? { clock: clock.clock } : {}),
    keychain: keychain?.code,
  };
}

type StatusChanged = Extract<LicenseEvent, { kind: 'status_changed' }>;

function statusOf({ license }: ServerStanding): StatusChanged {
  if (!license) return { kind: 'status_changed', status: 'not_licensed' };
  const { renewal, token } = license.evaluation;
  return { kind: 'status_changed', status: renewal.state, token: token.state };
}

/** That a license was acquired or removed stands in the history already; so does that all was well from the start. */
function isNews(before: StatusChanged | undefined, now: StatusChanged): boolean {
  if (now.status === 'not_licensed') return false;
  if (before === undefined || before.status === 'not_licensed')
    return now.status !== 'licensed' || now.token !== 'fine';
  return before.status !== now.status || before.token !== now.token;
}
