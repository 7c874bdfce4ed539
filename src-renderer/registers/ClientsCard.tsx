import { useRef, useState } from 'react';
import type { ClientView } from '../../src-shared/registers/local-api-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { useTrustedNow } from '../state/elapsed-time.ts';
import { RevokeClientDialog } from './RevokeClientDialog.tsx';

/** The id of the heading, which can take the focus. */
export const clientsHeadingId = 'registers-clients';

interface ClientsCardProps {
  readonly clients: readonly ClientView[];
  readonly onCreate: () => void;
}

/** The clients that may call the local license API for this server. */
export function ClientsCard({ clients, onCreate }: ClientsCardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [revoking, setRevoking] = useState<ClientView | null>(null);
  const nowAt = useTrustedNow(30_000);
  return (
    <section className="card page-card registers-card" aria-labelledby={clientsHeadingId}>
      <div className="spread-row">
        <h2 className="section-heading" id={clientsHeadingId} tabIndex={-1} ref={heading}>
          {words.clients.heading}
        </h2>
        <Button icon="plus" onPress={onCreate}>
          {words.clients.create}
        </Button>
      </div>
      <p className="section-note">{words.clients.note}</p>
      {clients.length === 0 ? (
        <p>{words.clients.empty}</p>
      ) : (
        <ul className="clients">
          {clients.map((client) => (
            <ClientRow key={client.id} client={client} nowAt={nowAt} onRevoke={() => setRevoking(client)} />
          ))}
        </ul>
      )}
      {revoking ? (
        <RevokeClientDialog
          client={revoking}
          nowAt={nowAt}
          onClosed={(revoked) => {
            setRevoking(null);
            // The button that had the focus is removed with the client.
            if (revoked) heading.current?.focus();
          }}
        />
      ) : null}
    </section>
  );
}

interface ClientRowProps {
  readonly client: ClientView;
  readonly nowAt: number;
  readonly onRevoke: () => void;
}

function ClientRow({ client, nowAt, onRevoke }: ClientRowProps) {
  const { clients, dates } = words;
  return (
    <li className="list-row client">
      <div className="list-row-words">
        <h3>{client.name}</h3>
        <p>{clients.mayDo(client.may)}</p>
        <p className="client-when">
          <span title={dates.exact(client.createdAt)}>{clients.created(client.createdAt)}</span>
          <span title={client.lastUsedAt === undefined ? undefined : dates.exact(client.lastUsedAt)}>
            {clients.lastUsed(client.lastUsedAt, nowAt)}
          </span>
        </p>
      </div>
      <Button look="danger" onPress={onRevoke}>
        {clients.revoke}
        <span className="visually-hidden">{clients.revokeWhich(client.name)}</span>
      </Button>
    </li>
  );
}
