import type { LicenseView, RefreshView } from './console-state.ts';
import { hasTrait } from '../failure-codes.ts';
import type { ClockStatus } from '../license/license-status.ts';
import type { Failure } from '../result.ts';
import type { Edition } from '../servers/server-profile.ts';

/** The state of one server, whether or not the window shows it. */
export interface ServerStanding {
  readonly profileId: string;
  readonly serverName: string;
  /** The edition chosen in the settings. */
  readonly edition: Edition;
  readonly license: LicenseView | null;
  /** A new license waits for a person to keep it or to undo it. */
  readonly waits?: true;
  readonly refresh: RefreshView;
  readonly keychain: Failure | null;
  readonly clock: ClockStatus;
  /** Trusted time, ms since the Unix epoch. */
  readonly judgedAt: number;
}

/** The state of all servers and of the clock at one moment. */
export interface ConsoleStanding {
  readonly servers: readonly ServerStanding[];
  readonly clock: ClockStatus;
}

/** The keychain failure to show to a person: that of the last call to the keychain, or else that of the last refresh. */
export function keychainTroubleOf({ keychain, refresh }: Pick<ServerStanding, 'keychain' | 'refresh'>): Failure | null {
  const { lastFailure } = refresh;
  return keychain ?? (lastFailure && hasTrait(lastFailure.code, 'refresh_only') ? lastFailure : null);
}

/** Milliseconds until the renewal status or the token status of any server changes next; infinite if none will change. */
export function untilNextChangeMs({ servers }: ConsoleStanding): number {
  const left = servers.flatMap(({ license }) => {
    if (!license) return [];
    const { renewal, token, judgedAt } = license.evaluation;
    const instants = [token.warnsAt, token.expiresAt, renewal.warnsAt ?? 0, renewal.endsAt ?? 0];
    return instants.map((at) => at - judgedAt).filter((ms) => ms > 0);
  });
  return Math.min(Number.POSITIVE_INFINITY, ...left);
}
