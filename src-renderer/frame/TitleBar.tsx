import { environmentOf } from '../../src-shared/servers/authorization-server-address.ts';
import type { ConsoleState, ServerView } from '../../src-shared/window/console-state.ts';
import type { Place } from '../../src-shared/window/place.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { IconButton } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';

interface TitleBarProps extends Pick<ConsoleState, 'profile' | 'servers' | 'isSandbox'> {
  readonly go: (place: Place) => void;
}

/** Shows which server this is: its name, its edition and its Authorization server. */
export function TitleBar({ profile, servers, isSandbox, go }: TitleBarProps) {
  if (!profile) {
    return (
      <header className="title-bar">
        <span className="title-name">{words.frame.productName}</span>
      </header>
    );
  }
  const { host, kind } = environmentOf(profile.issuer, { isSandbox });
  return (
    <header className="title-bar">
      {servers.length > 1 ? (
        <>
          <ServerChoice profile={profile} servers={servers} />
          <IconButton icon="board" label={words.board.showAll} onPress={() => go({ page: 'board' })} />
        </>
      ) : (
        <>
          <span className="title-name" title={profile.serverName}>
            {profile.serverName}
          </span>
          <span className="badge">{words.frame.editions[profile.edition]}</span>
        </>
      )}
      <span className="title-environment" title={`${words.frame.environmentLabel}: ${profile.issuer}`}>
        <span className="title-environment-label">{words.frame.environmentLabel}: </span>
        {host}
      </span>
      {kind ? (
        <span
          className="badge"
          data-tone={kind === 'sandbox' ? 'caution' : undefined}
          title={words.frame.environments[kind].note}
        >
          {words.frame.environments[kind].label}
        </span>
      ) : null}
    </header>
  );
}

/** Chooses the shown server, in a console with several servers. */
function ServerChoice({
  profile,
  servers,
}: {
  readonly profile: ServerProfile;
  readonly servers: readonly ServerView[];
}) {
  const shown = servers.find(({ id }) => id === profile.id);
  const waiting = servers.filter(({ id, newLicenseWaits }) => newLicenseWaits && id !== profile.id);
  const waits = waiting.length > 0 ? words.frame.serversWait(waiting.map(({ serverName }) => serverName)) : undefined;
  return (
    <>
      {waits ? (
        <span className="server-waits" title={waits}>
          <Icon name="warning" />
          <span className="visually-hidden" id="servers-wait">
            {waits}
          </span>
        </span>
      ) : null}
      <select
        className="title-name server-choice"
        aria-label={words.frame.serverShown}
        aria-describedby={waits ? 'servers-wait' : undefined}
        title={shown ? optionOf(shown) : undefined}
        value={profile.id}
        onChange={(event) => send('profile.choose', { id: event.target.value })}
      >
        {servers.map((server) => (
          <option key={server.id} value={server.id}>
            {optionOf(server)}
          </option>
        ))}
      </select>
    </>
  );
}

function optionOf({ serverName, edition, licensed, newLicenseWaits }: ServerView): string {
  return words.frame.serverOption(serverName, words.frame.editions[edition], licensed, newLicenseWaits);
}
