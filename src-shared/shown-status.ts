import type { ConsoleState } from './console-state.ts';
import { type ClockStatus, doubtOf } from './license-status.ts';

/** Which of its faces the License page shows. */
export type ShownStatus =
  | 'first_run'
  | 'not_licensed'
  | 'licensed_elsewhere'
  | 'licensed'
  | 'requires_renewal'
  | 'expired';

/** The face of the License page for a snapshot: the License Status of the seed, or why there is none yet. */
export function shownStatus(state: Pick<ConsoleState, 'profile' | 'license' | 'licensedElsewhere'>): ShownStatus {
  if (state.license) return state.license.evaluation.renewal.state;
  if (!state.profile) return 'first_run';
  return state.licensedElsewhere ? 'licensed_elsewhere' : 'not_licensed';
}

/** The license has ended by a time that is still in doubt: nobody is led to remove it then. */
export function endsInDoubt(status: ShownStatus, clock: ClockStatus): boolean {
  return status === 'expired' && doubtOf(clock) !== undefined;
}
