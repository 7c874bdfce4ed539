import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { shownAddress } from '../../src-shared/text/shown-text.ts';
import { isHelped, type LaptopControl } from '../servers/helped-by-laptop.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';
import type { PaneControl } from './pane-handlers.ts';

export interface AcquisitionHandlersDeps {
  readonly servers: Pick<LicensedServers, 'shown'>;
  readonly laptop: LaptopControl;
  readonly pane: PaneControl;
  readonly copy: (text: string) => Promise<Result<null>>;
}

const done = succeed(null);

/** The handlers of the steps from Next to the license details. */
export function acquisitionHandlers(deps: AcquisitionHandlersDeps): HandlersOf<'acquisition'> {
  const withServer = async (act: (server: LicensedServer) => Result<null> | Promise<Result<null>>) => {
    const server = deps.servers.shown;
    return server ? act(server) : fail('profile_incomplete');
  };
  /** The window may show another server now. A person at a laptop that helps the server uses the page there. */
  const usesPane = (server: LicensedServer) =>
    deps.servers.shown === server && !isHelped(deps.laptop, server.profileId);
  const openPane = (server: LicensedServer) => {
    if (usesPane(server)) deps.pane.show(true);
  };
  /** Opens the page for a new code, with the code filled in if the server offers that. */
  const withCodePage = (server: LicensedServer, begun: Result<null>): Result<null> => {
    const { verification } = server.acquisition;
    if (begun.ok && verification && usesPane(server)) {
      deps.pane.show(true);
      deps.pane.load(verification.uriComplete ?? verification.uri);
    }
    return begun;
  };
  return {
    'acquisition.start': () =>
      withServer(async (server) => {
        server.setRemoval({ state: 'idle' });
        openPane(server);
        const begun = await server.acquisition.start();
        const { verification } = server.acquisition;
        if (begun.ok && verification && usesPane(server))
          deps.pane.enterCode(verification.uriComplete ?? verification.uri);
        return begun;
      }),
    'acquisition.start_over': () =>
      withServer(async (server) => {
        server.setRemoval({ state: 'idle' });
        openPane(server);
        return withCodePage(server, await server.acquisition.start());
      }),
    'acquisition.complete': () => withServer(({ acquisition }) => acquisition.complete()),
    'acquisition.cancel': () =>
      withServer(({ acquisition, license }) => {
        acquisition.cancel();
        if (license.record) deps.pane.show(false);
        return done;
      }),
    'acquisition.keep': () => withServer(({ acquisition }) => acquisition.keep()),
    'acquisition.undo': () => withServer(async (server) => withCodePage(server, await server.acquisition.undo())),
    'acquisition.copy_user_code': () =>
      withServer(async ({ acquisition }) => {
        const { userCode } = acquisition;
        if (!userCode) return fail('nothing_to_complete');
        const copied = await deps.copy(userCode);
        if (copied.ok) acquisition.noteCopied(userCode);
        return copied;
      }),
    'acquisition.copy_verification_address': () =>
      withServer(({ acquisition: { verification } }) =>
        verification ? deps.copy(shownAddress(verification.uri)) : fail('nothing_to_complete'),
      ),
    'acquisition.open_verification': ({ codeFilledIn }) =>
      withServer(({ acquisition }) => {
        const { verification } = acquisition;
        if (!verification) return fail('nothing_to_complete');
        deps.pane.show(true);
        deps.pane.load((codeFilledIn && verification.uriComplete) || verification.uri);
        deps.pane.focus();
        return done;
      }),
  };
}
