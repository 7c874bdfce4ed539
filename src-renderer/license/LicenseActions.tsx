import type { LicenseView } from '../../src-shared/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { openPane } from '../authorization-pane/open-pane.ts';
import { send } from '../bridge.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { attentionsOf } from './attention.ts';
import type { LicenseCheck } from './license-check.ts';

interface LicenseActionsProps {
  readonly license: LicenseView;
  readonly check: LicenseCheck;
  readonly onRemove: () => void;
}

/** The actions for a license. An action that the status or a notice already offers is left out. */
export function LicenseActions({ license, check, onRemove }: LicenseActionsProps) {
  const { state } = useConsole();
  const renewal = license.evaluation.renewal.state;
  const noticeRefreshes = attentionsOf(state).some(
    (attention) => attention.kind === 'token_expired' && !attention.refused,
  );
  const { withoutRefreshToken } = state.refresh;
  const refreshing = check.pending === 'refresh' || state.refresh.refreshing;
  return (
    <div className="license-actions">
      {noticeRefreshes || withoutRefreshToken ? null : (
        <Button icon="reload" busy={refreshing} onPress={() => check.run('refresh')}>
          {words.license.refreshNow}
        </Button>
      )}
      {renewal === 'requires_renewal' || withoutRefreshToken ? null : (
        <Button busy={check.pending === 'renewal'} onPress={() => check.run('renewal')}>
          {words.license.checkForRenewal}
        </Button>
      )}
      {state.pane.open || renewal === 'requires_renewal' ? null : (
        <Button onPress={openPane}>{words.license.openAuthorizationServer}</Button>
      )}
      <Button icon="print" onPress={() => send('license.print')}>
        {words.license.print}
      </Button>
      <span className="license-actions-gap" />
      <Button look="danger" onPress={onRemove}>
        {words.license.remove}
      </Button>
    </div>
  );
}
