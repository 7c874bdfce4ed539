import type { LicenseView } from '../../src-shared/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { openPane } from '../authorization-pane/open-pane.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { printPage, savePdf, useRunning } from '../frame/exports.ts';

interface LicenseActionsProps {
  readonly license: LicenseView;
  readonly onRemove: () => void;
}

/** The actions for a license. Those that the status already offers are left out. */
export function LicenseActions({ license, onRemove }: LicenseActionsProps) {
  const { state } = useConsole();
  const renewal = license.evaluation.renewal.state;
  return (
    <div className="license-actions">
      {state.pane.open || renewal === 'requires_renewal' ? null : (
        <Button onPress={openPane}>{words.license.openAuthorizationServer}</Button>
      )}
      <Button icon="print" busy={useRunning('print')} onPress={printPage}>
        {words.license.print}
      </Button>
      <Button icon="save" busy={useRunning('save_pdf')} onPress={savePdf}>
        {words.license.savePdf}
      </Button>
      <span className="license-actions-gap" />
      <Button look="danger" onPress={onRemove}>
        {words.license.remove}
      </Button>
    </div>
  );
}
