import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import type { CreatedClient } from '../../src-shared/registers/local-api-view.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/servers/server-profile.ts';
import type { LocalApiControl } from '../local-api/local-api-control.ts';
import { peerSummary } from '../peers/peer-summary.ts';

export interface LocalApiHandlersDeps {
  readonly localApi: LocalApiControl;
  /** The secret of the client that was created last, while the screen shows it. */
  readonly newClientSecret: {
    readonly secret: string | null;
    show(profileId: string, created: CreatedClient): void;
    copied(): void;
    leave(): void;
  };
  /** The server that the window shows. */
  readonly profile: () => ServerProfile | null;
  readonly copy: (text: string) => Promise<Result<null>>;
}

type OfShown = <T>(ask: (profile: ServerProfile) => Result<T> | Promise<Result<T>>) => Promise<Result<T>>;

/** The handlers of the Registers & servers page. Calls about the shown server fail with `profile_incomplete` if there is none. */
export function localApiHandlers(deps: LocalApiHandlersDeps): HandlersOf<'local_api'> & HandlersOf<'peers'> {
  const ofShown: OfShown = async (ask) => {
    const shown = deps.profile();
    return shown ? ask(shown) : fail('profile_incomplete');
  };
  return { ...apiHandlers(deps, ofShown), ...clientHandlers(deps, ofShown), ...peerHandlers(deps, ofShown) };
}

type ApiCalls = 'local_api.read' | 'local_api.change' | 'local_api.copy_address';

function apiHandlers({ localApi, copy }: LocalApiHandlersDeps, ofShown: OfShown) {
  return {
    'local_api.read': () => ofShown(({ id }) => succeed(localApi.view(id))),
    'local_api.change': (settings) => localApi.change(settings),
    'local_api.copy_address': ({ of }) =>
      ofShown(({ id }) => {
        const { socket, tcp } = localApi.view(id);
        const address = of === 'socket' ? socket : tcp && `${tcp.host}:${tcp.port}`;
        return address ? copy(address) : fail('local_api_off');
      }),
  } satisfies Pick<HandlersOf<'local_api'>, ApiCalls>;
}

function clientHandlers({ localApi, newClientSecret, copy }: LocalApiHandlersDeps, ofShown: OfShown) {
  return {
    'local_api.create_client': (client) =>
      ofShown(({ id }) => {
        const created = localApi.createClient(id, client);
        if (!created.ok) return created;
        newClientSecret.show(id, created.value);
        return succeed(created.value.client);
      }),
    'local_api.revoke_client': ({ id: clientId }) => ofShown(({ id }) => localApi.revokeClient(id, clientId)),
    'local_api.read_secret': async () => {
      const { secret } = newClientSecret;
      return secret === null ? fail('client_unknown') : succeed(secret);
    },
    'local_api.copy_secret': async () => {
      const { secret } = newClientSecret;
      if (secret === null) return fail('client_unknown');
      const copied = await copy(secret);
      if (copied.ok) newClientSecret.copied();
      return copied;
    },
    'local_api.leave_secret': async () => {
      newClientSecret.leave();
      return succeed(null);
    },
  } satisfies Omit<HandlersOf<'local_api'>, ApiCalls>;
}

function peerHandlers({ localApi, copy }: LocalApiHandlersDeps, ofShown: OfShown): HandlersOf<'peers'> {
  return {
    'peers.read': () => ofShown(({ id }) => succeed(localApi.peers(id))),
    'peers.copy': ({ key }) =>
      ofShown(({ id, serverName }) => {
        const seen = localApi.peers(id).peers.find((peer) => peer.key === key);
        return seen ? copy(peerSummary(seen, serverName)) : fail('peer_unknown');
      }),
  };
}
