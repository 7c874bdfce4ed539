import { eventKinds, eventTone } from './event-kinds.ts';
import type { HistoryRow } from './history-runs.ts';

/** The filters of the history. A failed refresh counts as a refresh and as a problem. */
export const historyFilters = ['all', 'refreshes', 'problems', 'changes'] as const;
export type HistoryFilter = (typeof historyFilters)[number];

export function passesFilter({ event, newRenewal }: HistoryRow, filter: HistoryFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'problems') return ['caution', 'critical'].includes(eventTone(event));
  return eventKinds[event.kind].filter === filter || (filter === 'changes' && newRenewal === true);
}
