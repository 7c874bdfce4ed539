import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { useConsole } from '../state/console-context.ts';
import { Page } from '../frame/Page.tsx';
import { AppearanceSettings } from './AppearanceSettings.tsx';
import { BackgroundSettings } from './BackgroundSettings.tsx';
import { NotificationSettings } from './NotificationSettings.tsx';
import { draftOf, newDraft } from '../../src-shared/servers/profile-draft.ts';
import { ProxySettings } from './ProxySettings.tsx';
import { ServerProfileForm } from './ServerProfileForm.tsx';
import { ServersCard } from './ServersCard.tsx';
import { SwitchRow } from './SwitchRow.tsx';

export default function SettingsPage() {
  const { state } = useConsole();
  const { profile, pane } = state;
  return (
    <Page title={words.settings.pageTitle} breadcrumb={false} takesFocus>
      <section className="card page-card" aria-labelledby="server-heading">
        <h2 className="section-heading" id="server-heading">
          {words.settings.serverHeading}
        </h2>
        <ServerProfileForm
          key={profile?.id}
          initial={profile ? draftOf(profile) : newDraft()}
          keep={profile ? { edit: profile.id } : 'profile.save'}
          submitLabel={words.profileForm.checkAndSave}
          isInUse={state.license !== null}
        />
      </section>
      <ServersCard />
      <ProxySettings />
      <BackgroundSettings />
      <NotificationSettings />
      <AppearanceSettings />
      <section className="card page-card" aria-labelledby="shared-heading">
        <h2 className="section-heading" id="shared-heading">
          {words.settings.sharedHeading}
        </h2>
        <SwitchRow
          label={words.settings.signOutWhenFinished}
          note={words.settings.signOutNote}
          on={pane.signOutWhenFinished}
          onChange={(on) => send('pane.sign_out_when_finished', { on })}
        />
        {state.markerWritten === false ? <p className="section-note">{words.settings.markerNotWritten}</p> : null}
      </section>
    </Page>
  );
}
