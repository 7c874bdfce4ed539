import { describe, expect, it } from 'vitest';
import { makeHistoryView, mostHistoryRows } from '../../../../src-shared/history/history-view.ts';
import { dayMs, hourMs } from '../../../fakes/history-entries.ts';

const nowAt = Date.parse('2026-03-10T12:00:00Z');
const removed = (hoursAgo: number) => ({
  at: nowAt - hoursAgo * hourMs,
  event: { kind: 'removed', revoked: true } as const,
});

describe('the data of the History page', () => {
  it('holds the newest 1,000 rows and the number of older ones', () => {
    const entries = Array.from({ length: 1500 }, (_entry, index) => removed(1500 - index));
    const view = makeHistoryView({ entries, skipped: 3, readable: true }, nowAt, null);
    expect(view.rows).toHaveLength(mostHistoryRows);
    expect(view.rows[0]?.at).toBe(nowAt - hourMs);
    expect(view).toMatchObject({ olderRows: 500, skipped: 3, incomplete: false });
    expect(view.timeline.to - view.timeline.from).toBe(90 * dayMs);
  });

  it('has one row for weeks of the same failure', () => {
    const failed = { kind: 'refresh_failed', code: 'network_unreachable' } as const;
    const entries = Array.from({ length: 3000 }, (_entry, index) => ({ at: nowAt - index * hourMs, event: failed }));
    const view = makeHistoryView({ entries: entries.toReversed(), skipped: 0, readable: false }, nowAt, null);
    expect(view.rows).toHaveLength(1);
    expect(view).toMatchObject({ olderRows: 0, incomplete: true });
  });
});
