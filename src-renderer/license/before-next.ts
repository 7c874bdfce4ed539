import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import { isShownHelped } from '../../src-shared/pairing/laptop-view.ts';
import { type CheckId, type CheckResult, type PreflightView, stages } from '../../src-shared/support/preflight.ts';
import { attentionsOf } from './attention.ts';

/** The checks that a license depends on. Findings of the others are shown elsewhere: in a notice, the banner, or Settings. */
const beforeNext: ReadonlySet<CheckId> = new Set<CheckId>(['storage', 'clock', 'keychain', ...stages]);

/**
 * The problems that these checks found and that the License page does not show otherwise, most urgent first. Empty unless the next step is
 * *Next*.
 */
export function foundBeforeNext(state: ConsoleState, preflight: PreflightView): readonly CheckResult[] {
  // After a removal, the person wants no license for now, and the last results are older than the removed license.
  if (state.license || state.removal.state !== 'idle' || state.acquisition.state !== 'idle') return [];
  const said = saidOnPage(state);
  // This computer's own route does not matter while a laptop lends its connection.
  const isHelped = isShownHelped(state);
  const found = preflight.results.filter(
    ({ check, failure }) =>
      beforeNext.has(check) && !(failure && said.has(failure.code)) && !(isHelped && isStage(check)),
  );
  const failed = found.filter((each) => each.state === 'failed');
  // Something unusual about a working connection, such as a company's certificate, stops nobody.
  const wayFails = preflight.results.some(({ check, state: standing }) => isStage(check) && standing === 'failed');
  const others = found.filter(
    ({ check, state: standing }) => standing === 'attention' && (wayFails || !isStage(check)),
  );
  return [...failed, ...others];
}

const isStage = (check: CheckId): boolean => stages.some((stage) => stage === check);

/** The failure codes that the License page and the Authorization pane already show. */
function saidOnPage(state: ConsoleState): ReadonlySet<FailureCode> {
  const { acquisition, notices, pane, proxySignIn, signInQuestion } = state;
  const attentions = attentionsOf(state).flatMap((attention): readonly FailureCode[] => {
    if (['clock_wrong', 'clock_in_doubt', 'clock_unconfirmed'].includes(attention.kind)) return ['clock_wrong'];
    return 'failure' in attention && attention.failure ? [attention.failure.code] : [];
  });
  const unwritten = notices.some(({ id }) => id === 'settings_not_written');
  const asksForProxy = proxySignIn !== null || signInQuestion?.kind === 'proxy';
  return new Set<FailureCode>([
    ...attentions,
    ...(acquisition.state === 'failed' ? [acquisition.failure.code] : []),
    ...(pane.open && pane.failure ? [pane.failure.code] : []),
    ...(unwritten ? (['settings_not_written'] as const) : []),
    ...(asksForProxy ? (['proxy_sign_in'] as const) : []),
  ]);
}
