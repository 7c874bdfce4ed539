import { newDraft } from '../../src-shared/servers/profile-draft.ts';
import { words } from '../../src-shared/words/words.ts';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { toastDone } from '../state/toast.ts';
import { ServerProfileForm } from './ServerProfileForm.tsx';

/** Adds a server and shows it. Suggests the Authorization server of the shown one, if any. */
export function AddServerDialog({ onClosed }: { readonly onClosed: () => void }) {
  const { state, go } = useConsole();
  return (
    <ModalDialog heading={words.servers.addHeading} onClosed={onClosed}>
      {(close) => (
        <ServerProfileForm
          initial={newDraft(state.profile?.issuer)}
          keep="profile.add"
          submitLabel={words.profileForm.checkAndContinue}
          onCancel={close}
          onKept={(serverName) => {
            toastDone(words.servers.added(serverName));
            go({ page: 'license' });
          }}
        />
      )}
    </ModalDialog>
  );
}
