import { isShownHelped, laptopTrouble, shownLaptop } from '../../src-shared/pairing/laptop-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Page } from '../frame/Page.tsx';
import { LaptopCard } from '../laptop/LaptopCard.tsx';
import { LicensedElsewhere } from '../license/LicensedElsewhere.tsx';
import { NoticeBar } from '../controls/NoticeBar.tsx';
import { newDraft } from '../../src-shared/servers/profile-draft.ts';
import { ServerProfileForm } from './ServerProfileForm.tsx';

/** The welcome page, with the form of the first server. */
export default function FirstRunPage({ takesFocus }: { readonly takesFocus: boolean }) {
  const { state, go } = useConsole();
  // A laptop that is gone or has ended is offered again by its card.
  const offered = laptopTrouble(shownLaptop(state)) === null ? 'offered' : undefined;
  const laptop = isShownHelped(state) ? 'helps' : offered;
  return (
    <Page title={words.firstRun.pageTitle} face="first_run" takesFocus={takesFocus}>
      {/* The laptop's card is long, and the button of the form has to stay in sight. */}
      {laptop === 'offered' ? <p className="lede">{words.license.statusMeaning('first_run', null)}</p> : null}
      <LicensedElsewhere />
      <NoticeBar notices={state.notices} />
      <LaptopCard />
      <ServerProfileForm
        initial={newDraft()}
        keep="profile.save"
        submitLabel={words.profileForm.checkAndContinue}
        laptop={laptop}
        takesFocus={!takesFocus}
      />
      <div className="step-actions">
        <Button look="quiet" icon="offer" onPress={() => go({ page: 'offer' })}>
          {words.firstRun.helpServer}
        </Button>
      </div>
    </Page>
  );
}
