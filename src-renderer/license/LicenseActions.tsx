import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { openPane } from '../authorization-pane/open-pane.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { printPage, saveFile, useRunning } from '../state/exports.ts';

interface LicenseActionsProps {
  readonly license: LicenseView;
  /** The status offers the handover sheet. */
  readonly justLicensed: boolean;
  readonly onRemove: () => void;
}

/** The actions for a license. Those that the status already offers are left out. */
export function LicenseActions({ license, justLicensed, onRemove }: LicenseActionsProps) {
  const { state, go } = useConsole();
  const renewal = license.evaluation.renewal.state;
  return (
    <div className="license-actions">
      {state.pane.open || renewal === 'requires_renewal' ? null : (
        <Button onPress={openPane}>{words.license.openAuthorizationServer}</Button>
      )}
      <Button icon="print" busy={useRunning('print')} onPress={printPage}>
        {words.license.print}
      </Button>
      <Button icon="save" busy={useRunning('save_pdf')} onPress={() => saveFile('save_pdf')}>
        {words.license.savePdf}
      </Button>
      {justLicensed ? null : <Button onPress={() => go({ page: 'handover' })}>{words.license.handover}</Button>}
      <span className="license-actions-gap" />
      <Button look="danger" onPress={onRemove}>
        {words.license.remove}
      </Button>
    </div>
  );
}
