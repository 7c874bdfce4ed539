import { type EventKind, eventKinds } from './event-kinds.ts';
import type { HistoryEntry } from './history-entry.ts';

/** Acquisitions, refreshes, removals and failures, as marks on the time line. */
export interface HistoryMark {
  readonly kind: NonNullable<EventKind['mark']>;
  readonly from: number;
  readonly to: number;
  readonly times: number;
}

/** Marks of one kind that are closer together than this are merged: half a day is only two pixels wide. */
const closeMs = 12 * 3_600_000;

/** The marks of `entries` (oldest first) that are not older than `from`; at most 181 of each kind. */
export function marksOf(entries: readonly HistoryEntry[], from: number): readonly HistoryMark[] {
  const marks: HistoryMark[] = [];
  const lastOf = new Map<HistoryMark['kind'], number>();
  for (const { at, event } of entries) {
    const kind = eventKinds[event.kind].mark;
    if (!kind || at < from) continue;
    const index = lastOf.get(kind);
    const last = index === undefined ? undefined : marks[index];
    if (index !== undefined && last && isClose(last, at)) marks[index] = { ...last, to: at, times: last.times + 1 };
    else lastOf.set(kind, marks.push({ kind, from: at, to: at, times: 1 }) - 1);
  }
  return marks;
}

/** A series of failures becomes one long mark: each counts from the last one. Other marks count from where the mark began. */
function isClose({ kind, from, to }: HistoryMark, at: number): boolean {
  return at - (kind === 'failed' ? to : from) < closeMs;
}
