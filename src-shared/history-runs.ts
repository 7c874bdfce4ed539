import type { HistoryEntry } from './history-entry.ts';
import type { LicenseEvent } from './license-event.ts';

/** What a person reads as one thing: an entry, or a run of the same failure. */
export interface HistoryRow {
  /** The same for as long as nothing older is dropped. */
  readonly id: number;
  /** When it happened, or last happened; trusted time in ms. */
  readonly at: number;
  /** When a run began; the same as `at` where it happened once. */
  readonly firstAt: number;
  readonly times: number;
  /** What this computer's clock said at `at`, where it was wrong. */
  readonly wallAt?: number;
  readonly event: LicenseEvent;
  /** A refresh that brought another renewal date than the license had before. */
  readonly newRenewal?: true;
}

/** The rows of entries that are oldest first, newest first: failures that follow each other and are the same are one row. */
export function mergeRuns(entries: readonly HistoryEntry[]): readonly HistoryRow[] {
  const rows: HistoryRow[] = [];
  let renewal: number | undefined | 'not known' = 'not known';
  for (const [id, entry] of entries.entries()) {
    const { event } = entry;
    const last = rows.at(-1);
    if (last && isSameFailure(last.event, event)) {
      rows[rows.length - 1] = prolonged(last, entry);
      continue;
    }
    const brings = event.kind === 'acquired' || event.kind === 'refreshed';
    const isNew = event.kind === 'refreshed' && renewal !== 'not known' && event.renewalEndsAt !== renewal;
    rows.push({ id, firstAt: entry.at, times: 1, ...entry, ...(isNew ? { newRenewal: true } : {}) });
    if (brings) renewal = event.renewalEndsAt;
  }
  return rows.toReversed();
}

function isSameFailure(before: LicenseEvent, event: LicenseEvent): boolean {
  if (event.kind !== 'refresh_failed' && event.kind !== 'acquisition_failed') return false;
  return before.kind === event.kind && before.code === event.code;
}

function prolonged({ id, firstAt, times }: HistoryRow, entry: HistoryEntry): HistoryRow {
  // A clock that was corrected meanwhile may have stepped back.
  return { id, firstAt: Math.min(firstAt, entry.at), times: times + 1, ...entry };
}
