import { describe, expect, it } from 'vitest';
import { parseHistoryEntry, serializeHistoryEntry } from '../../../../src-main/history/history-entry.ts';
import type { LicenseEvent } from '../../../../src-shared/license/license-event.ts';
import { everyEvent } from '../../../fakes/every-event.ts';

const at = Date.parse('2026-03-10T12:00:00Z');
const line = (changes: object) =>
  JSON.stringify({ version: 1, at, event: { kind: 'removed', revoked: true }, ...changes });

/** The compiler asks for every kind; a kind without a schema would be written and never read. */
const kinds: Record<LicenseEvent['kind'], true> = {
  acquired: true,
  refreshed: true,
  refresh_failed: true,
  acquisition_failed: true,
  removed: true,
  revocation_failed: true,
  grant_ended: true,
  status_changed: true,
  clock_changed: true,
  keychain_changed: true,
  record_altered: true,
  device_renamed: true,
  server_renamed: true,
  settings_changed: true,
};

describe('a line of the history', () => {
  it('is tested here with every kind of event', () => {
    expect(new Set(everyEvent.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)));
  });

  it.each(everyEvent.map((event) => [JSON.stringify(event), event] as const))(
    'is read as it was written: %s',
    (_name, event) => {
      const entry = { at, wallAt: at - 86_400_000, event };
      expect(parseHistoryEntry(serializeHistoryEntry(entry))).toEqual(entry);
      expect(parseHistoryEntry(serializeHistoryEntry({ at, event }))).toEqual({ at, event });
    },
  );

  it('holds no line break for any content', () => {
    const entry = { at, event: { kind: 'settings_changed', settings: ['a\nb\r\u2028'] } } as const;
    expect(serializeHistoryEntry(entry)).not.toMatch(/[\r\n]/);
    expect(parseHistoryEntry(serializeHistoryEntry(entry))).toEqual(entry);
  });

  it('is read without the additions if it is of a later version', () => {
    const later = line({ version: 2, by: 'somebody', event: { kind: 'removed', revoked: true, reason: 'moved' } });
    expect(parseHistoryEntry(later)).toEqual({ at, event: { kind: 'removed', revoked: true } });
  });

  it.each([
    ['empty', ''],
    ['torn', line({}).slice(0, -5)],
    ['NUL bytes', '\0'.repeat(100)],
    ['no JSON', 'hello'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '5'],
    ['no instant', line({ at: undefined })],
    ['an instant that no date can hold', line({ at: 1e300 })],
    ['an instant as text', line({ at: '2026-03-10' })],
    ['no event', line({ event: undefined })],
    ['a kind that is not known', line({ event: { kind: 'moved' } })],
    ['a code that is not known', line({ event: { kind: 'refresh_failed', code: 'gremlins' } })],
    ['a refresh without its instants', line({ event: { kind: 'refreshed' } })],
    ['no version', line({ version: undefined })],
    ['very long', line({ event: { kind: 'settings_changed', settings: ['x'.repeat(3000)] } })],
  ])('is not read as an entry if it is %s', (_name, text) => {
    expect(parseHistoryEntry(text)).toBeNull();
  });
});
