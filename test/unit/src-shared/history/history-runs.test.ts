import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../../src-shared/history/history-entry.ts';
import { mergeRuns } from '../../../../src-shared/history/history-runs.ts';
import type { LicenseEvent } from '../../../../src-shared/license/license-event.ts';
import { anyHistory, dayMs, hourMs } from '../../../fakes/history-entries.ts';
import { said, tries } from '../../../fakes/tries.ts';

const nowAt = Date.parse('2026-03-10T12:00:00Z');
const offline = { kind: 'refresh_failed', code: 'network_unreachable' } as const;
const slow = { kind: 'refresh_failed', code: 'request_timeout' } as const;
const removed = { kind: 'removed', revoked: true } as const;

/** One entry an hour, the last one now. */
const hourly = (...events: readonly LicenseEvent[]): HistoryEntry[] =>
  events.map((event, index) => ({ at: nowAt - (events.length - 1 - index) * hourMs, event }));

const refreshed = (renewalEndsAt?: number): LicenseEvent => ({
  kind: 'refreshed',
  tokenIssuedAt: nowAt,
  tokenExpiresAt: nowAt + 3 * dayMs,
  ...(renewalEndsAt === undefined ? {} : { renewalEndsAt }),
});

describe('consecutive entries with the same failure', () => {
  it('are one row, newest first, with the number, the first time and the last time', () => {
    const rows = mergeRuns(hourly(removed, ...Array.from({ length: 37 }, () => offline), removed));
    expect(rows.map(({ event, times }) => [event, times])).toEqual([
      [removed, 1],
      [offline, 37],
      [removed, 1],
    ]);
    expect(rows[1]).toMatchObject({ firstAt: nowAt - 37 * hourMs, at: nowAt - hourMs });
  });

  it('are separated by another reason, another kind of event and anything in between', () => {
    const acquiring = { kind: 'acquisition_failed', code: 'network_unreachable' } as const;
    const rows = mergeRuns(hourly(offline, offline, slow, offline, removed, offline, acquiring, acquiring));
    expect(rows.map(({ times }) => times).toReversed()).toEqual([2, 1, 1, 1, 1, 2]);
  });

  it('are merged, but two refreshes are not', () => {
    expect(mergeRuns(hourly(refreshed(), refreshed(), removed, removed))).toHaveLength(4);
  });

  it('have the wrong clock time of their last entry', () => {
    const [first, last] = hourly(offline, offline) as [HistoryEntry, HistoryEntry];
    expect(mergeRuns([{ ...first, wallAt: 5 }, last])[0]).not.toHaveProperty('wallAt');
    expect(mergeRuns([first, { ...last, wallAt: 5 }])[0]?.wallAt).toBe(5);
  });

  it(`are all in exactly one row, whose id stays when more entries come: ${said(500)} histories`, () => {
    fc.assert(
      fc.property(anyHistory(nowAt), anyHistory(nowAt), (before, after) => {
        const rows = mergeRuns(before);
        expect(rows.reduce((sum, { times }) => sum + times, 0)).toBe(before.length);
        expect(rows.every(({ firstAt, at, times }) => firstAt <= at && (times > 1 || firstAt === at))).toBe(true);
        const ids = new Set(mergeRuns([...before, ...after]).map(({ id }) => id));
        expect(rows.every(({ id }) => ids.has(id))).toBe(true);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('a refresh that brings another renewal date', () => {
  const news = (...events: readonly LicenseEvent[]) =>
    mergeRuns(hourly(...events)).map(({ newRenewal }) => newRenewal === true);

  it('is marked, and other refreshes are not', () => {
    expect(news(refreshed(1), refreshed(1), offline, refreshed(2), refreshed(2), refreshed())).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('is not marked after an acquisition with the same date', () => {
    const acquired = { ...refreshed(3), kind: 'acquired', serverId: 's', replaced: true } as const;
    expect(news(refreshed(1), acquired as LicenseEvent, refreshed(3))).toEqual([false, false, false]);
  });
});
