import type { LicenseView, RefreshView } from './console-state.ts';
import type { ClockStatus } from './license-status.ts';
import type { Failure } from './result.ts';

/** How one server stands, whether or not it is the one that is shown. */
export interface ServerStanding {
  readonly profileId: string;
  readonly serverName: string;
  readonly license: LicenseView | null;
  readonly refresh: RefreshView;
  readonly keychain: Failure | null;
}

/** How everything stands at one moment. */
export interface ConsoleStanding {
  readonly servers: readonly ServerStanding[];
  readonly clock: ClockStatus;
}

/** Until the next instant at which one of the two clocks of any server says something else, ms; infinite where none does. */
export function untilNextChangeMs({ servers }: ConsoleStanding): number {
  const left = servers.flatMap(({ license }) => {
    if (!license) return [];
    const { renewal, token, judgedAt } = license.evaluation;
    const instants = [token.warnsAt, token.expiresAt, renewal.warnsAt ?? 0, renewal.endsAt ?? 0];
    return instants.map((at) => at - judgedAt).filter((ms) => ms > 0);
  });
  return Math.min(Number.POSITIVE_INFINITY, ...left);
}
