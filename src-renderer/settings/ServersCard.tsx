import { useRef, useState } from 'react';
import { environmentOf } from '../../src-shared/servers/authorization-server-address.ts';
import type { ServerView } from '../../src-shared/window/console-state.ts';
import { draftOf } from '../../src-shared/servers/profile-draft.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { toastDone } from '../state/toast.ts';
import { AddServerDialog } from './AddServerDialog.tsx';
import { ForgetServerDialog } from './ForgetServerDialog.tsx';
import { RenameServerDialog } from './RenameServerDialog.tsx';
import { ServerProfileForm } from './ServerProfileForm.tsx';

type Asking = { readonly to: 'add' } | { readonly to: 'rename' | 'edit' | 'forget'; readonly server: ServerView };

/** The servers that this console knows: shows, renames, edits or forgets one, or adds another one. */
export function ServersCard() {
  const { state } = useConsole();
  const heading = useRef<HTMLHeadingElement>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const { profile, servers } = state;
  if (!profile) return null;
  const closed = () => setAsking(null);
  // As it is now: it may change in a terminal while its dialog is open. If it is gone, as it was last: the dialog then says so.
  const before = asking && asking.to !== 'add' ? asking.server : null;
  const server = servers.find(({ id }) => id === before?.id) ?? before;
  if (asking && asking.to !== 'add' && server && server !== before) setAsking({ ...asking, server });
  return (
    <section className="card page-card" aria-labelledby="servers-heading">
      <div className="spread-row">
        <h2 className="section-heading" id="servers-heading" tabIndex={-1} ref={heading}>
          {words.servers.heading}
        </h2>
        <Button icon="plus" onPress={() => setAsking({ to: 'add' })}>
          {words.servers.add}
        </Button>
      </div>
      <p className="section-note">{words.servers.note}</p>
      <ul className="servers">
        {servers.map((server) => (
          <ServerRow key={server.id} server={server} isShown={server.id === profile.id} onAsk={setAsking} />
        ))}
      </ul>
      {asking?.to === 'add' ? <AddServerDialog onClosed={closed} /> : null}
      {asking?.to === 'edit' && server ? (
        <ModalDialog heading={words.servers.editHeading(server.serverName)} onClosed={closed}>
          {(close) => (
            <ServerProfileForm
              initial={draftOf(server)}
              keep={{ edit: server.id }}
              submitLabel={words.profileForm.checkAndSave}
              isInUse={server.licensed}
              onCancel={close}
              onKept={(serverName) => {
                toastDone(words.servers.edited(serverName));
                close();
              }}
            />
          )}
        </ModalDialog>
      ) : null}
      {asking?.to === 'rename' && server ? <RenameServerDialog server={server} onClosed={closed} /> : null}
      {asking?.to === 'forget' && server ? (
        <ForgetServerDialog
          server={server}
          onClosed={(isForgotten) => {
            closed();
            // The button that had the focus is removed with the server.
            if (isForgotten) heading.current?.focus();
          }}
        />
      ) : null}
    </section>
  );
}

interface ServerRowProps {
  readonly server: ServerView;
  readonly isShown: boolean;
  readonly onAsk: (asking: Asking) => void;
}

function ServerRow({ server, isShown, onAsk }: ServerRowProps) {
  const { id, serverName, edition, issuer, licensed, newLicenseWaits } = server;
  const said = words.servers;
  const ofServer = <span className="visually-hidden"> {serverName}</span>;
  return (
    <li className="list-row server-row" aria-current={isShown ? 'true' : undefined}>
      <div className="list-row-words">
        <h3>{serverName}</h3>
        <p>
          {said.line(words.frame.editions[edition], environmentOf(issuer, { isSandbox: false }).host, licensed)}
          {newLicenseWaits ? ` ${said.newLicenseWaits}` : ''}
          {isShown ? ` ${said.shown}` : ''}
        </p>
      </div>
      <div className="server-actions">
        {isShown ? null : (
          <>
            <Button onPress={() => send('profile.choose', { id })}>
              {said.show}
              {ofServer}
            </Button>
            <Button onPress={() => onAsk({ to: 'edit', server })}>
              {said.edit}
              {ofServer}
            </Button>
          </>
        )}
        <Button onPress={() => onAsk({ to: 'rename', server })}>
          {said.rename}
          {ofServer}
        </Button>
        <Button look="danger" onPress={() => onAsk({ to: 'forget', server })}>
          {said.forget}
          {ofServer}
        </Button>
      </div>
    </li>
  );
}
