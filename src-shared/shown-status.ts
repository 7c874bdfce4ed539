import type { ConsoleState } from './console-state.ts';

/** Which of its faces the License page shows. */
export type ShownStatus = 'first_run' | 'not_licensed' | 'licensed' | 'requires_renewal' | 'expired';

/** The face of the License page for a snapshot: the License Status of the seed, or why there is none yet. */
export function shownStatus(state: Pick<ConsoleState, 'profile' | 'license'>): ShownStatus {
  if (state.license) return state.license.evaluation.renewal.state;
  return state.profile ? 'not_licensed' : 'first_run';
}
