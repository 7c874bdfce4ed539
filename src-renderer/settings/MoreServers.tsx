import { useState } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { newDraft } from '../../src-shared/profile-draft.ts';
import { ServerProfileForm } from './ServerProfileForm.tsx';

/** Adds another server to this console, which then becomes the shown server. */
export function MoreServers() {
  const { state, go } = useConsole();
  const [adding, setAdding] = useState(false);
  if (!state.profile) return null;
  return (
    <section className="card settings-card" aria-labelledby="more-servers-heading">
      <h2 className="section-heading" id="more-servers-heading">
        {words.settings.addHeading}
      </h2>
      <p className="section-note">{words.settings.addNote}</p>
      {adding ? (
        <ServerProfileForm
          initial={newDraft(state.profile.issuer)}
          keep="profile.add"
          submitLabel={words.profileForm.checkAndContinue}
          onKept={() => go({ page: 'license' })}
        />
      ) : null}
      <div className="step-actions">
        <Button
          look={adding ? 'quiet' : 'standard'}
          icon={adding ? 'close' : 'plus'}
          onPress={() => setAdding(!adding)}
        >
          {adding ? words.settings.addCancel : words.settings.add}
        </Button>
      </div>
    </section>
  );
}
