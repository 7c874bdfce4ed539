import {
  type AuthorizationServer,
  type AuthorizationServerOptions,
  startAuthorizationServer as start,
} from '../authorization-server/authorization-server.ts';
import { sandboxClosed, watchSandbox } from './open-grants.ts';

export type { AuthorizationServer } from '../authorization-server/authorization-server.ts';

/** Starts the sandbox Authorization server. Its open grants are compared with the keychain after each test. */
export async function startAuthorizationServer(options?: AuthorizationServerOptions): Promise<AuthorizationServer> {
  const server = await start(options);
  watchSandbox(server.control);
  return {
    ...server,
    close: async () => {
      await server.close();
      sandboxClosed(server.control);
    },
  };
}
