import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { saysMeaning, type ShownStatus, shownStatus, statusPlace } from '../../src-shared/license/shown-status.ts';
import { statusIcon, statusTone } from '../../src-shared/license/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { useConsole } from '../state/console-context.ts';
import { Icon } from '../controls/Icon.tsx';
import { lazyPart } from '../frame/lazy-part.tsx';
import { Page } from '../frame/Page.tsx';
import { LaptopCard } from '../laptop/LaptopCard.tsx';
import { AcquisitionSteps } from './AcquisitionSteps.tsx';
import { Attentions } from './Attentions.tsx';
import { useJustLicensed } from './just-licensed.ts';
import { LicensedElsewhere } from './LicensedElsewhere.tsx';
import { LicensedView } from './LicensedView.tsx';
import { useLookBeforeNext } from './look-before-next.ts';
import { NoticeBar } from '../controls/NoticeBar.tsx';
import { RemovalOutcome } from './RemovalOutcome.tsx';

const BeforeNext = lazyPart(() => import('./BeforeNext.tsx'));

/** The Manage License page, in both of its states: the steps to get a license, or the license details. */
export function ManageLicensePage({ takesFocus }: { readonly takesFocus: boolean }) {
  const { state } = useConsole();
  const status = shownStatus(state);
  const justLicensed = useJustLicensed(state);
  useLookBeforeNext();
  if (state.license) {
    return (
      <Page
        inWorkspace
        title={words.license.pageTitle}
        face={status}
        takesFocus={takesFocus}
        aside={statusPlace(state) === 'badge' ? <StatusBadge status={status} license={state.license} /> : null}
      >
        <LicensedView key={state.profile?.id} license={state.license} justLicensed={justLicensed} />
      </Page>
    );
  }
  return (
    <Page
      inWorkspace
      title={words.license.pageTitle}
      face={status}
      takesFocus={takesFocus}
      aside={<StatusBadge status={status} license={null} />}
    >
      <LicensedElsewhere />
      {saysMeaning(state) ? <p className="lede">{words.license.statusMeaning(status, null)}</p> : null}
      <RemovalOutcome removal={state.removal} />
      <LaptopCard />
      <Attentions />
      <NoticeBar notices={state.notices} />
      {state.preflight ? <BeforeNext key={state.profile?.id} preflight={state.preflight} /> : null}
      <AcquisitionSteps key={state.profile?.id} again={false} />
    </Page>
  );
}

/** The License Status next to the title while the page shows the steps. Its meaning is left out, because the steps say what to do. */
function StatusBadge({ status, license }: { readonly status: ShownStatus; readonly license: LicenseView | null }) {
  const tone = statusTone(status, license);
  return (
    <span className="status-badge" data-tone={tone}>
      <Icon name={statusIcon(tone)} />
      <h2 className="status-headline" data-testid="license-status" data-license-status={status}>
        {words.license.statusHeadlines[status]}
      </h2>
    </span>
  );
}
