import { useRef, useState } from 'react';
import type { ClientView } from '../../src-shared/registers/local-api-view.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { toastDone } from '../state/toast.ts';

interface RevokeClientDialogProps {
  readonly client: ClientView;
  readonly nowAt: number;
  readonly onClosed: (revoked: boolean) => void;
}

/** Says what will stop, then revokes the client. */
export function RevokeClientDialog({ client, nowAt, onClosed }: RevokeClientDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isRevoked = useRef(false);
  const { revocation } = words.clients;
  const revoke = async (close: () => void) => {
    setFailure(null);
    setBusy(true);
    const revoked = await call('local_api.revoke_client', { id: client.id });
    setBusy(false);
    if (!revoked.ok) return setFailure(revoked.failure);
    isRevoked.current = true;
    toastDone(revocation.revoked(client.name));
    return close();
  };
  return (
    <ModalDialog
      heading={revocation.heading(client.name)}
      onClosed={() => onClosed(isRevoked.current)}
      grave={<WhatStops client={client} nowAt={nowAt} />}
    >
      {(close) => (
        <>
          {failure ? <FailureNotice failure={failure} takesFocus /> : null}
          <div className="dialog-actions">
            <Button look="danger-primary" busy={busy} onPress={() => void revoke(close)}>
              {revocation.confirm}
            </Button>
            <Button onPress={close}>{revocation.cancel}</Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}

function WhatStops({ client, nowAt }: Pick<RevokeClientDialogProps, 'client' | 'nowAt'>) {
  const { stops, neverUsed, inUse, comeBack } = words.clients.revocation;
  return (
    <>
      <ul>
        {client.may.map((permission) => (
          <li key={permission}>{stops[permission]}</li>
        ))}
      </ul>
      <p>
        {client.lastUsedAt === undefined ? neverUsed : inUse(client.lastUsedAt, nowAt)} {comeBack}
      </p>
    </>
  );
}
