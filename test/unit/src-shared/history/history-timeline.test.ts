import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import { licenseInstants } from '../../../../src-main/license/evaluate-license.ts';
import type { HistoryEntry } from '../../../../src-shared/history/history-entry.ts';
import { historyWindowMs, makeHistoryTimeline, type Segment } from '../../../../src-shared/history/history-timeline.ts';
import type { LicenseEvent } from '../../../../src-shared/license/license-event.ts';
import type { LicenseDetails } from '../../../../src-shared/license/license-status.ts';
import { anyHistory, dayMs, hourMs } from '../../../fakes/history-entries.ts';
import { said, tries } from '../../../fakes/tries.ts';

const nowAt = Date.parse('2026-03-10T12:00:00Z');
const daysAgo = (days: number) => nowAt - days * dayMs;

function details(issuedDaysAgo: number, more: Partial<LicenseDetails> = {}): LicenseDetails {
  const tokenIssuedAt = daysAgo(issuedDaysAgo);
  return { serverId: 's', tokenIssuedAt, tokenExpiresAt: tokenIssuedAt + 3 * dayMs, ...more };
}

const entry = (days: number, event: LicenseEvent): HistoryEntry => ({ at: daysAgo(days), event });
const refreshed = (days: number, more: Partial<LicenseDetails> = {}): HistoryEntry =>
  entry(days, { kind: 'refreshed', ...licenseInstants(details(days, more)) });
const acquired = (days: number, more: Partial<LicenseDetails> = {}): HistoryEntry =>
  entry(days, { kind: 'acquired', serverId: 's', replaced: false, ...licenseInstants(details(days, more)) });

/** Segments as state and days ago, `from` and `to`. */
const inDays = (segments: readonly Segment<string>[]) =>
  segments.map(({ state, from, to }) => [state, (nowAt - from) / dayMs, (nowAt - to) / dayMs]);

const timelineOf = (...entries: readonly HistoryEntry[]) => makeHistoryTimeline(entries, nowAt, null);

describe('License Status and Token Expiry over the last 90 days', () => {
  it('are one segment each, unknown, without any entries', () => {
    const timeline = timelineOf();
    expect(inDays(timeline.license)).toEqual([['unknown', 90, 0]]);
    expect(inDays(timeline.token)).toEqual([['unknown', 90, 0]]);
    expect(timeline).toMatchObject({ from: nowAt - historyWindowMs, to: nowAt, marks: [] });
  });

  it('show a token as expired from its end on, even if the console was off then', () => {
    const timeline = timelineOf(acquired(40), refreshed(38), refreshed(1));
    expect(inDays(timeline.token)).toEqual([
      ['unknown', 90, 40],
      ['fine', 40, 36],
      ['expires_soon', 36, 35],
      ['expired', 35, 1],
      ['fine', 1, 0],
    ]);
    expect(inDays(timeline.license)).toEqual([
      ['unknown', 90, 40],
      ['licensed', 40, 0],
    ]);
  });

  it('start at the beginning of the window for an older license', () => {
    const renewalDate = { endsAt: daysAgo(20) };
    const timeline = timelineOf(acquired(200), refreshed(91, { renewalDate }), refreshed(88, { renewalDate }));
    expect(inDays(timeline.license)).toEqual([
      ['licensed', 90, 50],
      ['requires_renewal', 50, 20],
      ['expired', 20, 0],
    ]);
    expect(inDays(timeline.token)).toEqual([
      ['fine', 90, 89],
      ['expires_soon', 89, 88],
      ['fine', 88, 86],
      ['expires_soon', 86, 85],
      ['expired', 85, 0],
    ]);
  });

  it('warn at the times that the token gives', () => {
    const renewalDate = { endsAt: daysAgo(5) };
    const timeline = timelineOf(acquired(20, { renewalDate, warningDays: 10, tokenWarningSeconds: 86_400 / 2 }));
    expect(inDays(timeline.license).slice(1)).toEqual([
      ['licensed', 20, 15],
      ['requires_renewal', 15, 5],
      ['expired', 5, 0],
    ]);
    expect(inDays(timeline.token).slice(1)).toEqual([
      ['fine', 20, 17.5],
      ['expires_soon', 17.5, 17],
      ['expired', 17, 0],
    ]);
  });

  it('warn 30 days and a third of the lifetime before the end if an event gives no times', () => {
    const { tokenWarnsAt: _, renewalWarnsAt: __, ...bare } = licenseInstants(details(60));
    const timeline = timelineOf(entry(60, { kind: 'refreshed', ...bare, renewalEndsAt: daysAgo(20) }));
    expect(inDays(timeline.license).slice(1)).toEqual([
      ['licensed', 60, 50],
      ['requires_renewal', 50, 20],
      ['expired', 20, 0],
    ]);
    expect(inDays(timeline.token)[1]).toEqual(['fine', 60, 58]);
  });

  it('show no license and no token after a removal, until the next acquisition', () => {
    const timeline = timelineOf(acquired(10), entry(8.5, { kind: 'removed', revoked: true }), acquired(2));
    expect(inDays(timeline.license).slice(1)).toEqual([
      ['licensed', 10, 8.5],
      ['not_licensed', 8.5, 2],
      ['licensed', 2, 0],
    ]);
    expect(inDays(timeline.token).slice(1, 4)).toEqual([
      ['fine', 10, 8.5],
      ['none', 8.5, 2],
      ['fine', 2, 0],
    ]);
  });

  it('follow changes of status only while the license itself is unknown', () => {
    const timeline = timelineOf(
      entry(50, { kind: 'status_changed', status: 'not_licensed' }),
      entry(30, { kind: 'status_changed', status: 'licensed', token: 'expires_soon' }),
      acquired(10),
      entry(9, { kind: 'status_changed', status: 'expired', token: 'expired' }),
      entry(8.5, { kind: 'status_changed', status: 'not_licensed' }),
    );
    expect(inDays(timeline.license)).toEqual([
      ['unknown', 90, 50],
      ['not_licensed', 50, 30],
      ['licensed', 30, 8.5],
      ['not_licensed', 8.5, 0],
    ]);
    expect(inDays(timeline.token).slice(2)).toEqual([
      ['expires_soon', 30, 10],
      ['fine', 10, 8.5],
      ['none', 8.5, 0],
    ]);
  });
});

describe('the current license in the timeline', () => {
  const held = (issuedDaysAgo: number, more: Partial<LicenseDetails> = {}) => {
    const kept = details(issuedDaysAgo, more);
    return { details: kept, evaluation: evaluateLicense(kept, nowAt) };
  };

  it('is drawn if the history does not include it', () => {
    const timeline = makeHistoryTimeline([], nowAt, held(2.5));
    expect(inDays(timeline.token)).toEqual([
      ['unknown', 90, 2.5],
      ['fine', 2.5, 0.5],
      ['expires_soon', 0.5, 0],
    ]);
  });

  it('follows the last entry of the history, and never comes before it', () => {
    const entries = [acquired(10), entry(1, { kind: 'removed', revoked: false } as const)];
    const timeline = makeHistoryTimeline(entries, nowAt, held(2));
    expect(inDays(timeline.license).slice(1)).toEqual([['licensed', 10, 0]]);
    expect(inDays(timeline.token).at(-1)).toEqual(['fine', 1, 0]);
  });

  it(`has the same states at the right end as on the License page: ${said(500)} licenses`, () => {
    const license = fc.record({
      issued: fc.integer({ min: 0, max: 100 }),
      renewal: fc.option(fc.integer({ min: -60, max: 60 }), { nil: undefined }),
      warningDays: fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(anyHistory(nowAt), license, (entries, { issued, renewal, warningDays }) => {
        const view = held(issued + 0.001, {
          ...(renewal === undefined ? {} : { renewalDate: { endsAt: daysAgo(renewal + 0.001) } }),
          ...(warningDays === undefined ? {} : { warningDays }),
        });
        const past = entries.filter(({ at }) => at < nowAt);
        const timeline = makeHistoryTimeline(past, nowAt, view);
        expect(timeline.license.at(-1)?.state).toBe(view.evaluation.renewal.state);
        expect(timeline.token.at(-1)?.state).toBe(view.evaluation.token.state);
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('a clock that was ahead', () => {
  it('puts no mark after the entries that followed, nor after now', () => {
    const timeline = timelineOf(
      acquired(10),
      entry(-700, { kind: 'refresh_failed', code: 'certificate_invalid' }),
      refreshed(9),
      entry(-30, { kind: 'removed', revoked: true }),
    );
    expect(timeline.marks).toEqual([
      { kind: 'acquired', from: daysAgo(10), to: daysAgo(10), times: 1 },
      { kind: 'failed', from: daysAgo(9), to: daysAgo(9), times: 1 },
      { kind: 'refreshed', from: daysAgo(9), to: daysAgo(9), times: 1 },
      { kind: 'removed', from: nowAt, to: nowAt, times: 1 },
    ]);
    expect(timeline.license.at(-1)).toEqual({ state: 'licensed', from: daysAgo(10), to: nowAt });
  });
});

describe('the marks of the timeline', () => {
  const failed = (days: number) => entry(days, { kind: 'refresh_failed', code: 'network_unreachable' });

  it('merge consecutive failures over any time, and other marks that are close', () => {
    const week = Array.from({ length: 7 * 24 }, (_entry, index) => failed(20 - index / 24));
    const { marks } = timelineOf(...week, refreshed(12), refreshed(11.9), failed(5));
    expect(marks).toEqual([
      { kind: 'failed', from: daysAgo(20), to: daysAgo(13 + 1 / 24), times: 168 },
      { kind: 'refreshed', from: daysAgo(12), to: daysAgo(11.9), times: 2 },
      { kind: 'failed', from: daysAgo(5), to: daysAgo(5), times: 1 },
    ]);
  });

  it('leave out what is older than the window', () => {
    expect(timelineOf(failed(95), refreshed(90.1), failed(89)).marks).toHaveLength(1);
  });

  it('are at most 181 for a token that is refreshed every few minutes', () => {
    const entries = Array.from({ length: 100 * 24 * 6 }, (_entry, index) => refreshed(100 - index / 144));
    const { marks } = makeHistoryTimeline(entries, nowAt, null);
    expect(marks.length).toBeLessThanOrEqual(181);
    expect(marks.reduce((sum, { times }) => sum + times, 0)).toBeGreaterThan(90 * 24 * 6 - 2);
  });
});

describe(`the timelines of ${said(1000)} random histories`, () => {
  it('cover the window with segments without gaps or overlaps, and have their marks in it', () => {
    fc.assert(
      fc.property(anyHistory(nowAt), (entries) => {
        const { from, to, license, token, marks } = makeHistoryTimeline(entries, nowAt, null);
        expect(to - from).toBe(90 * 24 * hourMs);
        for (const segments of [license, token] as readonly (readonly Segment<string>[])[]) {
          expect(segments[0]?.from).toBe(from);
          expect(segments.at(-1)?.to).toBe(to);
          for (const [index, segment] of segments.entries()) {
            expect(segment.to).toBeGreaterThan(segment.from);
            const next = segments[index + 1];
            if (!next) continue;
            expect(next.from).toBe(segment.to);
            expect(next.state).not.toBe(segment.state);
          }
        }
        expect(marks.every((mark) => mark.from >= from && mark.from <= mark.to && mark.to <= to)).toBe(true);
      }),
      { numRuns: tries(1000) },
    );
  });

  it('show no token exactly while they show no license', () => {
    fc.assert(
      fc.property(anyHistory(nowAt), (entries) => {
        const { license, token } = makeHistoryTimeline(entries, nowAt, null);
        const without = (segments: readonly Segment<string>[], state: string) =>
          segments.filter((segment) => segment.state === state).map(({ from, to }) => [from, to]);
        expect(without(token, 'none')).toEqual(without(license, 'not_licensed'));
      }),
      { numRuns: tries(1000) },
    );
  });
});
