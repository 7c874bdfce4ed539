import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { ClientSecret } from './ClientSecret.tsx';
import { NewClientForm } from './NewClientForm.tsx';

/** Asks for a new client's name and permissions, then shows its secret over every page until the person closes it. */
export default function CreateClientDialog({ onClosed }: { readonly onClosed: () => void }) {
  const created = useConsole().state.newClientSecret;
  const { creation, secret } = words.clients;
  const leave = (close: () => void) => {
    // The secret was not copied, so the main process first warns that it will be lost.
    if (created?.standing === 'to_copy') send('local_api.leave_secret');
    else close();
  };
  const closed = () => {
    if (created) send('local_api.leave_secret');
    onClosed();
  };
  return (
    <ModalDialog heading={created ? secret.heading(created.name) : creation.heading} onClosed={closed} onEscape={leave}>
      {(close) =>
        created ? (
          <ClientSecret key={created.clientId} standing={created.standing} onLeave={() => leave(close)} />
        ) : (
          <NewClientForm onCancel={close} />
        )
      }
    </ModalDialog>
  );
}
