import type { LicenseView } from '../window/console-state.ts';
import type { HistoryEntry } from './history-entry.ts';
import { type HistoryRow, mergeRuns } from './history-runs.ts';
import { type HistoryTimeline, makeHistoryTimeline } from './history-timeline.ts';

/** What the History page shows about one server. */
export interface HistoryView {
  /** Newest first. */
  readonly rows: readonly HistoryRow[];
  /** The number of older rows that are kept but not in `rows`. The exported file contains them too. */
  readonly olderRows: number;
  /** Lines of the file that could not be read. */
  readonly skipped: number;
  /** Part of the file cannot be read from the disk at the moment. */
  readonly incomplete: boolean;
  readonly timeline: HistoryTimeline;
}

export const mostHistoryRows = 1000;

/** The page's view of a stored history (oldest entry first) at the trusted time `nowAt`. */
export function makeHistoryView(
  kept: { readonly entries: readonly HistoryEntry[]; readonly skipped: number; readonly readable: boolean },
  nowAt: number,
  current: LicenseView | null,
): HistoryView {
  const rows = mergeRuns(kept.entries);
  return {
    rows: rows.slice(0, mostHistoryRows),
    olderRows: Math.max(0, rows.length - mostHistoryRows),
    skipped: kept.skipped,
    incomplete: !kept.readable,
    timeline: makeHistoryTimeline(kept.entries, nowAt, current),
  };
}
