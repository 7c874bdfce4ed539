import { useState } from 'react';
import type { CreatedClient } from '../../src-shared/local-api-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { ModalDialog } from '../frame/ModalDialog.tsx';
import { ClientSecret } from './ClientSecret.tsx';
import { NewClientForm } from './NewClientForm.tsx';

/** Asks who may call and what for, then shows the secret, which goes with this dialog. */
export function CreateClientDialog({ onClosed }: { readonly onClosed: () => void }) {
  const [created, setCreated] = useState<CreatedClient | null>(null);
  const [copied, setCopied] = useState(false);
  const [warned, setWarned] = useState(false);
  const { creation, secret } = words.clients;
  /** A secret that nobody copied is gone with the dialog: that is said before. */
  const leave = (close: () => void) => {
    if (created === null || copied || warned) close();
    else setWarned(true);
  };
  return (
    <ModalDialog
      heading={created ? secret.heading(created.client.name) : creation.heading}
      onClosed={onClosed}
      onEscape={leave}
    >
      {(close) =>
        created ? (
          <ClientSecret
            secret={created.secret}
            warned={warned && !copied}
            onCopied={() => setCopied(true)}
            onLeave={() => leave(close)}
          />
        ) : (
          <NewClientForm onCreated={setCreated} onCancel={close} />
        )
      }
    </ModalDialog>
  );
}
