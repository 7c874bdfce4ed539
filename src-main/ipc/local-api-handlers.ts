import type { HandlersOf, IpcHandlers } from '../../src-shared/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ServerProfile } from '../../src-shared/server-profile.ts';
import type { LocalApiControl } from '../ports/local-api.ts';

export interface LocalApiHandlersDeps {
  readonly localApi: LocalApiControl;
  /** The server that is shown. */
  readonly profile: () => ServerProfile | null;
  readonly copy: (text: string) => Promise<Result<null>>;
}

/** What the Registers & servers page asks for. Failure of each: `profile_incomplete` where no server is shown. */
export function createLocalApiHandlers(
  deps: LocalApiHandlersDeps,
): HandlersOf<'local_api'> & Pick<IpcHandlers, 'peers.read'> {
  const { localApi, copy } = deps;
  /** Held for copying only while the page shows it. */
  let secret: string | null = null;
  const ofShown = async <T>(ask: (profileId: string) => Result<T>): Promise<Result<T>> => {
    const shown = deps.profile();
    return shown ? ask(shown.id) : fail('profile_incomplete');
  };
  return {
    'local_api.read': () => ofShown((id) => succeed(localApi.view(id))),
    'local_api.change': (settings) => localApi.change(settings),
    'local_api.create_client': (client) =>
      ofShown((id) => {
        const created = localApi.createClient(id, client);
        secret = created.ok ? created.value.secret : null;
        return created;
      }),
    'local_api.revoke_client': ({ id: clientId }) => ofShown((id) => localApi.revokeClient(id, clientId)),
    'local_api.copy_secret': async () => (secret === null ? fail('client_unknown') : copy(secret)),
    'local_api.forget_secret': async () => {
      secret = null;
      return succeed(null);
    },
    'peers.read': () => ofShown((id) => succeed(localApi.peers(id))),
  };
}
