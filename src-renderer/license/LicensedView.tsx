import { useState } from 'react';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { statusPlace } from '../../src-shared/license/shown-status.ts';
import { statusActions } from '../../src-shared/license/status-actions.ts';
import { send } from '../state/bridge.ts';
import { useConsole } from '../state/console-context.ts';
import { useMenuChoices } from '../frame/menu-choice.ts';
import { LaptopCard } from '../laptop/LaptopCard.tsx';
import { AcquisitionSteps } from './AcquisitionSteps.tsx';
import { Attentions } from './Attentions.tsx';
import { ClockBars } from './ClockBars.tsx';
import { LicenseActions } from './LicenseActions.tsx';
import { LicenseDetails } from './LicenseDetails.tsx';
import { NoticeBar } from '../controls/NoticeBar.tsx';
import { RemovalOutcome } from './RemovalOutcome.tsx';
import { RemoveLicenseDialog } from './RemoveLicenseDialog.tsx';
import { StatusCard } from './StatusCard.tsx';
import { SummaryHead } from './SummaryHead.tsx';

interface LicensedViewProps {
  readonly license: LicenseView;
  readonly justLicensed: boolean;
}

/** The license: its status, both time bars, the license fields and the actions. */
export function LicensedView({ license, justLicensed }: LicensedViewProps) {
  const { state } = useConsole();
  const { notices, removal } = state;
  const [removing, setRemoving] = useState(false);
  useMenuChoices({ check_license: () => send('license.check') });
  const acquiring = statusPlace(state) === 'badge';
  const hasNext = statusActions(state).some(({ look }) => look === 'primary');
  return (
    <>
      <SummaryHead license={license} />
      {acquiring ? <AcquisitionSteps again /> : <StatusCard license={license} justLicensed={justLicensed} />}
      <LaptopCard />
      {removal.state === 'undone' ? <RemovalOutcome removal={removal} /> : null}
      <Attentions quiet={hasNext || acquiring} />
      <NoticeBar notices={notices} />
      <ClockBars license={license} />
      <LicenseDetails license={license} />
      <LicenseActions license={license} justLicensed={justLicensed && !acquiring} onRemove={() => setRemoving(true)} />
      {removing ? <RemoveLicenseDialog onClose={() => setRemoving(false)} /> : null}
    </>
  );
}
