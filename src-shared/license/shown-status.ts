import type { ConsoleState } from '../window/console-state.ts';
import { type ClockStatus, doubtOf } from './license-status.ts';

/** The variants of the License page. */
export type ShownStatus =
  | 'first_run'
  | 'not_licensed'
  | 'licensed_elsewhere'
  | 'licensed'
  | 'requires_renewal'
  | 'expired';

/** The License page's variant for a snapshot: the specification's License Status, or why there is none yet. */
export function shownStatus(state: Pick<ConsoleState, 'profile' | 'license' | 'licensedElsewhere'>): ShownStatus {
  if (state.license) return state.license.evaluation.renewal.state;
  if (!state.profile) return 'first_run';
  return state.licensedElsewhere ? 'licensed_elsewhere' : 'not_licensed';
}

/**
 * Where the License page shows the status. `card`: the status and what it means are what the page is about. `badge`: next to the
 * title, since the page is about the steps or a question. The first paint and the page itself follow it.
 */
export function statusPlace({ license, acquisition }: Pick<ConsoleState, 'license' | 'acquisition'>): 'card' | 'badge' {
  return license && acquisition.state === 'idle' ? 'card' : 'badge';
}

/** Does the License page say below its title what the status means? Not during an acquisition, and a notice can say more. */
export function saysMeaning(
  state: Pick<ConsoleState, 'profile' | 'license' | 'licensedElsewhere' | 'acquisition'>,
): boolean {
  return state.acquisition.state === 'idle' && shownStatus(state) === 'not_licensed';
}

/** The license has expired according to a time that is still in doubt. The screen then does not suggest removing it. */
export function endsInDoubt(status: ShownStatus, clock: ClockStatus): boolean {
  return status === 'expired' && doubtOf(clock) !== undefined;
}
