import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Page } from '../frame/Page.tsx';
import { LicensedElsewhere } from '../license/LicensedElsewhere.tsx';
import { NoticeBar } from '../controls/NoticeBar.tsx';
import { newDraft } from '../../src-shared/servers/profile-draft.ts';
import { ServerProfileForm } from './ServerProfileForm.tsx';

/** The welcome page, with the form of the first server. */
export default function FirstRunPage({ takesFocus }: { readonly takesFocus: boolean }) {
  const { state, go } = useConsole();
  return (
    <Page title={words.firstRun.pageTitle} face="first_run" takesFocus={takesFocus}>
      <p className="lede">{words.license.statusMeaning('first_run', null)}</p>
      <LicensedElsewhere />
      <NoticeBar notices={state.notices} />
      <ServerProfileForm
        initial={newDraft()}
        keep="profile.save"
        submitLabel={words.profileForm.checkAndContinue}
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
