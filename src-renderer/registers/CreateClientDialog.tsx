import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { ClientSecret } from './ClientSecret.tsx';
import { NewClientForm } from './NewClientForm.tsx';

/** Asks for a new client's name and permissions, then shows its secret over every page until the person closes it. */
export default function CreateClientDialog({ onClosed }: { readonly onClosed: () => void }) {
  const told = useConsole().state.newClientSecret;
  const { creation, secret } = words.clients;
  const leave = (close: () => void) => {
    // The secret was not copied, so the main process first warns that it will be lost.
    if (told?.standing === 'to_copy') send('local_api.leave_secret');
    else close();
  };
  const closed = () => {
    if (told) send('local_api.leave_secret');
    onClosed();
  };
  return (
    <ModalDialog heading={told ? secret.heading(told.name) : creation.heading} onClosed={closed} onEscape={leave}>
      {(close) =>
        told ? (
          <ClientSecret key={told.clientId} standing={told.standing} onLeave={() => leave(close)} />
        ) : (
          <NewClientForm onCancel={close} />
        )
      }
    </ModalDialog>
  );
}
