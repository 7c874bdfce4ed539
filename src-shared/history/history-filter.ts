import type { HistoryRow } from './history-runs.ts';
import type { IconName } from '../window/icon-shapes.ts';
import type { LicenseEvent } from '../license/license-event.ts';
import type { Tone } from '../license/status-tone.ts';

/** The filters of the history. A failed refresh counts as a refresh and as a problem. */
export const historyFilters = ['all', 'refreshes', 'problems', 'changes'] as const;
export type HistoryFilter = (typeof historyFilters)[number];

export function passesFilter({ event, newRenewal }: HistoryRow, filter: HistoryFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'refreshes':
      return event.kind === 'refreshed' || event.kind === 'refresh_failed';
    case 'problems':
      return isProblem(event);
    case 'changes':
      return newRenewal === true || !isTry(event);
  }
}

/** Refreshes and failed attempts, which do not change the license itself. */
function isTry({ kind }: LicenseEvent): boolean {
  return ['refreshed', 'refresh_failed', 'acquisition_failed', 'revocation_failed'].includes(kind);
}

function isProblem(event: LicenseEvent): boolean {
  const tone = eventTone(event);
  return tone === 'caution' || tone === 'critical';
}

/** How urgent an event was when it happened. */
export function eventTone(event: LicenseEvent): Tone {
  switch (event.kind) {
    case 'acquired':
    case 'refreshed':
      return 'good';
    case 'refresh_failed':
    case 'acquisition_failed':
    case 'revocation_failed':
    case 'record_altered':
      return 'caution';
    case 'status_changed':
      return statusEventTone(event);
    case 'clock_changed':
      return event.clock === 'wrong' ? 'caution' : 'good';
    case 'keychain_changed':
      return event.code === undefined ? 'good' : 'caution';
    case 'removed':
    case 'grant_ended':
    case 'device_renamed':
    case 'server_renamed':
    case 'settings_changed':
      return 'neutral';
  }
}

function statusEventTone({ status, token }: Extract<LicenseEvent, { kind: 'status_changed' }>): Tone {
  if (status === 'not_licensed') return 'neutral';
  if (status === 'expired' || token === 'expired') return 'critical';
  return status === 'requires_renewal' || token === 'expires_soon' ? 'caution' : 'good';
}

export function eventIcon(event: LicenseEvent): IconName {
  switch (event.kind) {
    case 'acquired':
      return 'license';
    case 'refreshed':
      return 'reload';
    case 'refresh_failed':
    case 'acquisition_failed':
    case 'revocation_failed':
    case 'record_altered':
      return 'warning';
    case 'removed':
    case 'grant_ended':
      return 'close';
    case 'status_changed':
      return statusEventIcon(event);
    case 'clock_changed':
      return 'clock';
    case 'keychain_changed':
      return 'lock';
    case 'device_renamed':
    case 'server_renamed':
    case 'settings_changed':
      return 'settings';
  }
}

function statusEventIcon(event: Extract<LicenseEvent, { kind: 'status_changed' }>): IconName {
  const tone = eventTone(event);
  if (tone === 'critical' || tone === 'good') return tone;
  return tone === 'caution' ? 'warning' : 'none';
}
