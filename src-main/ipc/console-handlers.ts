import { shownAddress } from '../../src-shared/authorization-server-address.ts';
import type { Notice } from '../../src-shared/console-state.ts';
import type { HandlersOf, IpcHandlers } from '../../src-shared/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { type AppearanceHandlersDeps, appearanceHandlers } from './appearance-handlers.ts';
import { type BackgroundIntents, backgroundHandlers } from './background-handlers.ts';
import { boardHandlers, type BoardHandlersDeps } from './board-handlers.ts';
import { createHistoryHandlers, type HistoryHandlersDeps } from './history-handlers.ts';
import { type DiagnosticsHandlersDeps, diagnosticsHandlers } from './diagnostics-handlers.ts';
import { type ExportHandlersDeps, exportHandlers } from './export-handlers.ts';
import { handoverHandlers, type HandoverHandlersDeps } from './handover-handlers.ts';
import { headOfficeHandlers, type HeadOfficeHandlersDeps } from './head-office-handlers.ts';
import { helpHandlers, type HelpHandlersDeps } from './help-handlers.ts';
import { laptopHandlers, type LaptopHandlersDeps } from './laptop-handlers.ts';
import { licenseFieldText } from './copied-text.ts';
import { createLocalApiHandlers, type LocalApiHandlersDeps } from './local-api-handlers.ts';
import { notificationHandlers, type NotificationHandlersDeps } from './notification-handlers.ts';
import { createPageHandlers, type PageHandlersDeps } from './page-handlers.ts';
import { clockHandlers, type ClockHandlersDeps } from './clock-handlers.ts';
import { paneHandlers, type PaneHandlersDeps } from './pane-handlers.ts';
import { preflightHandlers, type PreflightHandlersDeps } from './preflight-handlers.ts';
import { signInHandlers, type SignInHandlersDeps } from './sign-in-handlers.ts';
import { supportHandlers, type SupportHandlersDeps } from './support-handlers.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import { isHelped } from '../servers/helped-by-laptop.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';

export interface ConsoleHandlersDeps
  extends AppearanceHandlersDeps,
    BoardHandlersDeps,
    ExportHandlersDeps,
    HandoverHandlersDeps,
    HeadOfficeHandlersDeps,
    HelpHandlersDeps,
    HistoryHandlersDeps,
    Omit<LaptopHandlersDeps, 'pane' | 'servers'>,
    ClockHandlersDeps,
    LocalApiHandlersDeps,
    NotificationHandlersDeps,
    PageHandlersDeps,
    PaneHandlersDeps,
    PreflightHandlersDeps,
    DiagnosticsHandlersDeps,
    SignInHandlersDeps,
    SupportHandlersDeps {
  readonly servers: LicensedServers;
  readonly notices: Pick<ConsoleNotices, 'dismiss'>;
  readonly background: BackgroundIntents;
  /** Called when the page has begun to listen. */
  readonly onListening: () => void;
}

const done = succeed(null);

/** The handlers of all calls of the page. */
export function createConsoleHandlers(deps: ConsoleHandlersDeps): IpcHandlers {
  return {
    ...consoleHandlers(deps),
    ...acquisitionHandlers(deps),
    ...handoverHandlers(deps),
    ...headOfficeHandlers(deps),
    ...licenseHandlers(deps),
    ...boardHandlers(deps),
    ...createHistoryHandlers(deps),
    ...exportHandlers(deps),
    ...helpHandlers(deps),
    ...laptopHandlers(deps),
    ...createLocalApiHandlers(deps),
    ...paneHandlers(deps),
    ...clockHandlers(deps),
    ...preflightHandlers(deps),
    ...diagnosticsHandlers(deps),
    ...backgroundHandlers(deps.background),
    ...notificationHandlers(deps),
    ...createPageHandlers(deps),
    ...signInHandlers(deps),
    ...supportHandlers(deps),
    ...appearanceHandlers(deps),
  };
}

function consoleHandlers(deps: ConsoleHandlersDeps): HandlersOf<'console' | 'notice' | 'profile'> {
  return {
    'console.read': async () => {
      deps.onListening();
      return succeed(deps.state());
    },
    'notice.dismiss': async ({ id }) => {
      deps.notices.dismiss(id as Notice['id']);
      return done;
    },
    'profile.check': ({ issuer }) => deps.servers.checkIssuer(issuer),
    'profile.save': async (settings) => {
      const isFirst = deps.profiles.current === null;
      const saved = await deps.servers.saveProfile(settings);
      // The form is gone, and the next step is on the page in the pane.
      if (saved.ok && isFirst) deps.pane.focus();
      return saved;
    },
    'profile.add': (settings) => deps.servers.addProfile(settings),
    'profile.add_unchecked': (settings) => deps.servers.addUnchecked(settings),
    'profile.edit': ({ id, settings }) => deps.servers.saveProfile(settings, id),
    'profile.rename': async ({ id, serverName }) => deps.servers.renameProfile(id, serverName),
    'profile.forget': ({ id, license }) => deps.servers.forgetProfile(id, license),
    'profile.choose': async ({ id }) => deps.servers.chooseProfile(id),
  };
}

function acquisitionHandlers(deps: ConsoleHandlersDeps): HandlersOf<'acquisition'> {
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

function licenseHandlers(deps: ConsoleHandlersDeps): HandlersOf<'license' | 'keychain'> {
  return {
    'keychain.unlock': async () => deps.servers.shown?.unlockKeychain() ?? fail('profile_incomplete'),
    'license.check': async () => deps.servers.shown?.checker.run() ?? fail('not_licensed'),
    'license.remove': async ({ hereOnly }) => {
      const server = deps.servers.shown;
      if (!server) return fail('not_licensed');
      const removed = await server.remove(hereOnly);
      // The window may show another server now.
      if (removed.ok && deps.servers.shown === server) deps.pane.show(true);
      return removed.ok ? done : removed;
    },
    'license.dismiss_removal': async () => {
      deps.servers.shown?.setRemoval({ state: 'idle' });
      return done;
    },
    'license.copy_field': async ({ field }) => {
      const { license } = deps.state();
      if (!license) return fail('not_licensed');
      return deps.copy(licenseFieldText(license, field));
    },
  };
}
