import type { ClientView } from '../../src-shared/registers/local-api-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { ConfirmDialog } from '../controls/ConfirmDialog.tsx';

interface RevokeClientDialogProps {
  readonly client: ClientView;
  readonly nowAt: number;
  readonly onClosed: (revoked: boolean) => void;
}

/** Says what will stop, then revokes the client. */
export function RevokeClientDialog({ client, nowAt, onClosed }: RevokeClientDialogProps) {
  const { id, name, may, lastUsedAt } = client;
  const { heading, stops, neverUsed, inUse, comeBack, confirm, cancel, revoked } = words.clients.revocation;
  return (
    <ConfirmDialog
      heading={heading(name)}
      meaning={may.map((permission) => stops[permission])}
      further={`${lastUsedAt === undefined ? neverUsed : inUse(lastUsedAt, nowAt)} ${comeBack}`}
      confirm={confirm}
      cancel={cancel}
      look="danger-primary"
      act={() => call('local_api.revoke_client', { id })}
      done={revoked(name)}
      onClosed={onClosed}
    />
  );
}
