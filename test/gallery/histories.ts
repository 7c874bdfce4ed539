import type { HistoryEntry } from '../../src-shared/history/history-entry.ts';
import { type HistoryView, makeHistoryView } from '../../src-shared/history/history-view.ts';
import type { LicenseEvent, LicenseInstants } from '../../src-shared/license/license-event.ts';
import { consoleStateOf, galleryNow } from './console-states.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A license that was acquired three days before `agoDays`, with a token of three days. */
function instants(agoDays: number, renewalInDays = 125): LicenseInstants {
  const tokenIssuedAt = galleryNow - agoDays * day;
  return { tokenIssuedAt, tokenExpiresAt: tokenIssuedAt + 3 * day, renewalEndsAt: galleryNow + renewalInDays * day };
}

const at = (agoDays: number, event: LicenseEvent, wallAgoDays?: number): HistoryEntry => ({
  at: galleryNow - agoDays * day,
  ...(wallAgoDays === undefined ? {} : { wallAt: galleryNow - wallAgoDays * day }),
  event,
});

const refreshes = (fromDays: number, toDays: number, renewalInDays?: number): HistoryEntry[] =>
  Array.from({ length: Math.floor((fromDays - toDays) / 1.5) + 1 }, (_entry, index) => {
    const ago = fromDays - index * 1.5;
    return at(ago, { kind: 'refreshed', ...instants(ago, renewalInDays) });
  });

const failures = (fromDays: number, toDays: number, times: number, event: LicenseEvent): HistoryEntry[] =>
  Array.from({ length: times }, (_entry, index) => at(fromDays - ((fromDays - toDays) / (times - 1)) * index, event));

const acquired = (ago: number, replaced: boolean, renewalInDays?: number) =>
  at(ago, {
    kind: 'acquired',
    serverId: '8f0c6b1e-2d57-4c1a-9a35-store-014',
    replaced,
    ...instants(ago, renewalInDays),
  });

const offline = { kind: 'refresh_failed', code: 'network_unreachable' } as const;

/** Three quarters of a year in which every kind of event happened. */
const eventful: readonly HistoryEntry[] = [
  at(71.2, { kind: 'settings_changed', settings: ['issuer', 'edition', 'serverName'] }),
  at(71.1, { kind: 'acquisition_failed', code: 'expired_token' }),
  at(71, { kind: 'acquisition_failed', code: 'access_denied' }),
  acquired(70, false, -20),
  at(70, { kind: 'status_changed', status: 'licensed', token: 'fine' }),
  ...refreshes(68.5, 55, -20),
  at(54.3, { kind: 'keychain_changed', code: 'secret_store_locked' }),
  ...failures(54.2, 54, 3, { kind: 'refresh_failed', code: 'secret_store_locked' }),
  at(53.9, { kind: 'keychain_changed' }),
  ...refreshes(53.8, 49.3, -20),
  at(50, { kind: 'status_changed', status: 'requires_renewal', token: 'fine' }),
  ...refreshes(48, 44, -20),
  ...failures(43, 36.8, 149, offline),
  at(41, { kind: 'status_changed', status: 'requires_renewal', token: 'expired' }),
  ...refreshes(36.7, 21, -20),
  at(20, { kind: 'status_changed', status: 'expired', token: 'fine' }),
  at(18, { kind: 'removed', revoked: true }),
  at(18, { kind: 'status_changed', status: 'not_licensed' }),
  acquired(16, false),
  at(16, { kind: 'status_changed', status: 'licensed', token: 'fine' }),
  ...refreshes(14.5, 7),
  at(6.2, { kind: 'clock_changed', clock: 'wrong' }, 372),
  at(6.1, { kind: 'refresh_failed', code: 'clock_wrong' }, 372),
  at(6, { kind: 'clock_changed', clock: 'right' }),
  ...refreshes(5.6, 2.5),
  ...failures(1.1, 0.9, 37, offline),
  ...refreshes(0.083, 0),
];

/** Off for a month, during which the token expired. */
const wasOff: readonly HistoryEntry[] = [acquired(60, false), ...refreshes(58.5, 40), ...refreshes(0.083, 0)];

/** The history that the gallery's console has in a state, by the state's name. */
export function historyOf(name: string): HistoryView {
  const { license } = consoleStateOf(name);
  const histories: Readonly<Record<string, readonly HistoryEntry[]>> = {
    'history-was-off': wasOff,
    'first-run': [],
    'not-licensed': [],
    'history-calm': [acquired(200, false), ...refreshes(198.5, 0.083)],
  };
  const entries = histories[name] ?? eventful;
  return makeHistoryView({ entries, skipped: name === 'history-was-off' ? 1 : 0, readable: true }, galleryNow, license);
}
