import { keychainTroubleOf } from '../window/console-standing.ts';
import type { ConsoleState } from '../window/console-state.ts';
import { hasTrait } from '../failure-codes.ts';
import { mayCheckLater } from '../notifications/alert.ts';
import { endsInDoubt, shownStatus } from './shown-status.ts';
import { tokenMatter } from './token-matter.ts';

/** A button next to the License Status. */
export interface StatusAction {
  readonly act: 'open_server' | 'check' | 'reacquire';
  readonly look: 'primary' | 'standard';
}

type Looked = Pick<
  ConsoleState,
  'profile' | 'license' | 'licensedElsewhere' | 'acquisition' | 'refresh' | 'clock' | 'keychain' | 'pane'
>;

/** The buttons next to the License Status, the next action first. None while there is no license, or while the steps lead to a new one. */
export function statusActions(state: Looked): readonly StatusAction[] {
  const { license, acquisition, refresh, clock, pane } = state;
  if (!license || acquisition.state !== 'idle') return [];
  const status = shownStatus(state);
  const check = (look: StatusAction['look']): readonly StatusAction[] =>
    refresh.withoutRefreshToken ? [] : [{ act: 'check', look }];
  if (status === 'expired' && !endsInDoubt(status, clock))
    return [{ act: 'reacquire', look: 'primary' }, ...check('standard')];
  if (status === 'requires_renewal')
    return pane.open ? check('primary') : [{ act: 'open_server', look: 'primary' }, ...check('standard')];
  return check(isNext(state, license) ? 'primary' : 'standard');
}

/** Would a check resolve the most urgent thing that the page says? */
function isNext({ clock, keychain, refresh }: Looked, { evaluation }: NonNullable<Looked['license']>): boolean {
  if (clock.state === 'wrong' || keychainTroubleOf({ keychain, refresh })) return false;
  if (clock.doubt) return true;
  const { cause } = tokenMatter(evaluation.token, refresh);
  const code = refresh.lastFailure?.code;
  const isFinal = !mayCheckLater({ code }) && code !== 'clock_wrong' && !hasTrait(code, 'keychain');
  return (cause === 'token_expired' || cause === 'token_expires_soon') && !isFinal;
}
