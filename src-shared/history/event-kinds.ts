import type { IconName } from '../window/icon-shapes.ts';
import type { LicenseEvent, LicenseInstants } from '../license/license-event.ts';
import type { Tone } from '../license/status-tone.ts';

type Kind = LicenseEvent['kind'];
type KindWithLicense = Extract<LicenseEvent, LicenseInstants>['kind'];

export interface EventKind<K extends Kind = Kind> {
  /** How urgent it was when it happened. `varies`: {@link eventTone} and {@link eventIcon} read the event. */
  readonly tone: Tone | 'varies';
  readonly icon: IconName | 'varies';
  /** The filter that shows it. `null`: only the filter for problems, by its tone. */
  readonly filter: 'refreshes' | 'changes' | null;
  /** Its mark on the time line. */
  readonly mark: 'acquired' | 'removed' | 'refreshed' | 'failed' | null;
  /** What it does to the stored license. An event with the instants of a license is `new`. */
  readonly license: K extends KindWithLicense ? 'new' : 'gone' | null;
}

/** What the history does with each kind of event. Its words are in `words/english/history-words.ts`. */
export const eventKinds = {
  acquired: { tone: 'good', icon: 'license', filter: 'changes', mark: 'acquired', license: 'new' },
  refreshed: { tone: 'good', icon: 'reload', filter: 'refreshes', mark: 'refreshed', license: 'new' },
  refresh_failed: { tone: 'caution', icon: 'warning', filter: 'refreshes', mark: 'failed', license: null },
  acquisition_failed: { tone: 'caution', icon: 'warning', filter: null, mark: 'failed', license: null },
  removed: { tone: 'neutral', icon: 'close', filter: 'changes', mark: 'removed', license: 'gone' },
  revocation_failed: { tone: 'caution', icon: 'warning', filter: null, mark: null, license: null },
  grant_ended: { tone: 'neutral', icon: 'close', filter: 'changes', mark: null, license: null },
  status_changed: { tone: 'varies', icon: 'varies', filter: 'changes', mark: null, license: null },
  clock_changed: { tone: 'varies', icon: 'clock', filter: 'changes', mark: null, license: null },
  keychain_changed: { tone: 'varies', icon: 'lock', filter: 'changes', mark: null, license: null },
  record_altered: { tone: 'caution', icon: 'warning', filter: 'changes', mark: null, license: null },
  device_renamed: { tone: 'neutral', icon: 'settings', filter: 'changes', mark: null, license: null },
  server_renamed: { tone: 'neutral', icon: 'settings', filter: 'changes', mark: null, license: null },
  settings_changed: { tone: 'neutral', icon: 'settings', filter: 'changes', mark: null, license: null },
} as const satisfies { readonly [K in Kind]: EventKind<K> };

/** How urgent an event was when it happened. */
export function eventTone(event: LicenseEvent): Tone {
  if (event.kind === 'status_changed') return statusEventTone(event);
  if (event.kind === 'clock_changed') return event.clock === 'wrong' ? 'caution' : 'good';
  if (event.kind === 'keychain_changed') return event.code === undefined ? 'good' : 'caution';
  return eventKinds[event.kind].tone;
}

function statusEventTone({ status, token }: Extract<LicenseEvent, { kind: 'status_changed' }>): Tone {
  if (status === 'not_licensed') return 'neutral';
  if (status === 'expired' || token === 'expired') return 'critical';
  return status === 'requires_renewal' || token === 'expires_soon' ? 'caution' : 'good';
}

export function eventIcon(event: LicenseEvent): IconName {
  if (event.kind !== 'status_changed') return eventKinds[event.kind].icon;
  const tone = statusEventTone(event);
  if (tone === 'neutral') return 'none';
  return tone === 'caution' ? 'warning' : tone;
}
