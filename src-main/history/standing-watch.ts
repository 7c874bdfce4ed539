import { doubtOf } from '../../src-shared/license/license-status.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { LicenseEvent } from '../../src-shared/license/license-event.ts';
import type { ConsoleStanding, ServerStanding } from '../../src-shared/window/console-standing.ts';
import { present } from '../../src-shared/present.ts';

/** The latest entry of each kind in a server's history. A member is absent if there is no such entry. */
export interface LastKnown {
  readonly status?: Extract<LicenseEvent, { kind: 'status_changed' }>;
  readonly clock?: 'right' | 'wrong';
  readonly keychain?: FailureCode | undefined;
}

interface StandingWatchDeps {
  readonly lastKnown: (profileId: string) => LastKnown;
  readonly append: (profileId: string, event: LicenseEvent) => void;
}

/**
 * Records changes in the history that nobody caused by an action: a date passed, the clock went wrong, the keychain closed. What
 * is unchanged since the last run is not recorded again.
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
      // While the time is in doubt, the states that depend on it keep their last value.
      const inDoubt = doubtOf(clock) !== undefined;
      const status = inDoubt ? before.status : statusOf(server);
      const clockState = inDoubt ? (before.clock ?? 'right') : clock.state;
      const keychain = server.keychain?.code;
      this.#known.set(server.profileId, present({ status, clock: clockState, keychain }));
      if (status && isNews(before.status, status)) this.#deps.append(server.profileId, status);
      if (!server.license) continue;
      if (clockState !== (before.clock ?? 'right'))
        this.#deps.append(server.profileId, { kind: 'clock_changed', clock: clockState });
      if (keychain !== before.keychain)
        this.#deps.append(server.profileId, present({ kind: 'keychain_changed', code: keychain }));
    }
  }
}

/** The latest entries among the events of a history, which are ordered oldest first. */
export function lastKnownOf(events: readonly LicenseEvent[]): LastKnown {
  const last = <K extends LicenseEvent['kind']>(kind: K) =>
    events.findLast((event): event is Extract<LicenseEvent, { kind: K }> => event.kind === kind);
  const [status, clock, keychain] = [last('status_changed'), last('clock_changed'), last('keychain_changed')];
  return present({ status, clock: clock?.clock, keychain: keychain?.code });
}

type StatusChanged = Extract<LicenseEvent, { kind: 'status_changed' }>;

function statusOf({ license }: ServerStanding): StatusChanged {
  if (!license) return { kind: 'status_changed', status: 'not_licensed' };
  const { renewal, token } = license.evaluation;
  return { kind: 'status_changed', status: renewal.state, token: token.state };
}

/** Is the status worth an entry? Acquiring and removing a license have their own entries, and a new license is expected to be fine. */
function isNews(before: StatusChanged | undefined, now: StatusChanged): boolean {
  if (now.status === 'not_licensed') return false;
  if (before === undefined || before.status === 'not_licensed')
    return now.status !== 'licensed' || now.token !== 'fine';
  return before.status !== now.status || before.token !== now.token;
}
