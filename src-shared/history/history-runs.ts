import { eventKinds } from './event-kinds.ts';
import type { HistoryEntry } from './history-entry.ts';
import type { LicenseEvent } from '../license/license-event.ts';
import { present } from '../present.ts';

/** One row of the history: a single entry, or a run of the same failure. */
export interface HistoryRow {
  /** Stable until older entries are dropped. */
  readonly id: number;
  /** When it happened, or last happened; trusted time in ms. */
  readonly at: number;
  /** When the run began; the same as `at` if it happened only once. */
  readonly firstAt: number;
  readonly times: number;
  /** The time of this computer's clock at `at`, in ms; present only if the clock was wrong. */
  readonly wallAt?: number;
  readonly event: LicenseEvent;
  /** A refresh that changed the renewal date. */
  readonly newRenewal?: true;
}

/** Turns entries (oldest first) into rows (newest first). Consecutive failures with the same code become one row. */
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
    const isNew = event.kind === 'refreshed' && renewal !== 'not known' && event.renewalEndsAt !== renewal;
    rows.push(present({ id, firstAt: entry.at, times: 1, ...entry, newRenewal: isNew ? true : undefined }));
    if ('tokenIssuedAt' in event) renewal = event.renewalEndsAt;
  }
  return rows.toReversed();
}

function isSameFailure(before: LicenseEvent, event: LicenseEvent): boolean {
  if (eventKinds[event.kind].mark !== 'failed' || before.kind !== event.kind) return false;
  return 'code' in before && 'code' in event && before.code === event.code;
}

function prolonged({ id, firstAt, times }: HistoryRow, entry: HistoryEntry): HistoryRow {
  // The clock may have been set back in between.
  return { id, firstAt: Math.min(firstAt, entry.at), times: times + 1, ...entry };
}
