import { shownAddress } from '../../src-shared/authorization-server-address.ts';
import type { ConsoleState, Notice, RemovalView } from '../../src-shared/console-state.ts';
import type { HandlersOf, IpcHandlers } from '../../src-shared/ipc-contract.ts';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import type { ProfileSettings } from '../../src-shared/server-profile.ts';
import { type BackgroundIntents, backgroundHandlers } from './background-handlers.ts';
import { createHistoryHandlers, type HistoryHandlersDeps } from './history-handlers.ts';
import { licenseFieldText, supportSummary } from './copied-text.ts';
import { createLocalApiHandlers, type LocalApiHandlersDeps } from './local-api-handlers.ts';
import { notificationHandlers, type NotificationHandlersDeps } from './notification-handlers.ts';
import { createPageHandlers, type PageHandlersDeps } from './page-handlers.ts';
import { paneHandlers, type PaneHandlersDeps } from './pane-handlers.ts';
import type { ProfileServices } from '../servers/profile-services.ts';
import { unlockKeychain } from './unlock-keychain.ts';

export interface ConsoleHandlersDeps
  extends HistoryHandlersDeps,
    LocalApiHandlersDeps,
    NotificationHandlersDeps,
    PageHandlersDeps,
    PaneHandlersDeps {
  readonly state: () => ConsoleState;
  readonly checkIssuer: (issuer: string) => Promise<Result<{ issuer: string }>>;
  readonly saveProfile: (settings: ProfileSettings) => Promise<Result<null>>;
  readonly addProfile: (settings: ProfileSettings) => Promise<Result<null>>;
  readonly chooseProfile: (id: string) => Result<null>;
  readonly print: () => Promise<Result<null>>;
  /** Sets the removal state of the server with these services, which may no longer be the shown server. */
  readonly setRemoval: (services: ProfileServices, removal: RemovalView) => void;
  readonly dismissNotice: (id: Notice['id']) => void;
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
    ...licenseHandlers(deps),
    ...createHistoryHandlers(deps),
    ...createLocalApiHandlers(deps),
    ...paneHandlers(deps),
    ...backgroundHandlers(deps.background),
    ...notificationHandlers(deps),
    ...createPageHandlers(deps),
  };
}

function consoleHandlers(deps: ConsoleHandlersDeps): HandlersOf<'console' | 'notice' | 'profile' | 'support'> {
  return {
    'console.read': async () => {
      deps.onListening();
      return succeed(deps.state());
    },
    'notice.dismiss': async ({ id }) => {
      deps.dismissNotice(id as Notice['id']);
      return done;
    },
    'profile.check': ({ issuer }) => deps.checkIssuer(issuer),
    'profile.save': (settings) => deps.saveProfile(settings),
    'profile.add': (settings) => deps.addProfile(settings),
    'profile.choose': async ({ id }) => deps.chooseProfile(id),
    'support.copy': ({ code }) => deps.copy(supportSummary(deps.state(), code)),
  };
}

function acquisitionHandlers(deps: ConsoleHandlersDeps): HandlersOf<'acquisition'> {
  const withAcquisition = async (act: (services: ProfileServices) => Result<null> | Promise<Result<null>>) => {
    const services = deps.services();
    return services ? act(services) : fail('profile_incomplete');
  };
  return {
    'acquisition.start': () =>
      withAcquisition((services) => {
        deps.setRemoval(services, { state: 'idle' });
        deps.pane.show(true);
        return services.acquisition.start();
      }),
    'acquisition.complete': () => withAcquisition(({ acquisition }) => acquisition.complete()),
    'acquisition.cancel': () =>
      withAcquisition(({ acquisition, license }) => {
        acquisition.cancel();
        if (license.record) deps.pane.show(false);
        return done;
      }),
    'acquisition.reset': () =>
      withAcquisition(({ acquisition }) => {
        acquisition.cancel();
        return done;
      }),
    'acquisition.copy_user_code': () =>
      withAcquisition(({ acquisition }) => {
        if (!acquisition.userCode) return fail('nothing_to_complete');
        return deps.copy(acquisition.userCode);
      }),
    'acquisition.copy_verification_address': () =>
      withAcquisition(({ acquisition: { verification } }) =>
        verification ? deps.copy(shownAddress(verification.uri)) : fail('nothing_to_complete'),
      ),
    'acquisition.open_verification': ({ codeFilledIn }) =>
      withAcquisition(({ acquisition }) => {
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
    'keychain.unlock': () => unlockKeychain(deps.services()),
    'license.refresh': async () => deps.services()?.refresh.refreshNow() ?? fail('not_licensed'),
    'license.remove': async ({ hereOnly }) => {
      const services = deps.services();
      if (!services) return fail('not_licensed');
      deps.setRemoval(services, { state: 'removing' });
      const removed = await services.license.remove(hereOnly);
      deps.setRemoval(
        services,
        removed.ok ? { state: 'removed', ...removed.value } : { state: 'failed', failure: removed.failure },
      );
      if (removed.ok && deps.services() === services) deps.pane.show(true);
      return removed.ok ? done : removed;
    },
    'license.dismiss_removal': async () => {
      const services = deps.services();
      if (services) deps.setRemoval(services, { state: 'idle' });
      return done;
    },
    'license.copy_field': async ({ field }) => {
      const { license } = deps.state();
      if (!license) return fail('not_licensed');
      return deps.copy(licenseFieldText(license, field));
    },
    'license.print': () => deps.print(),
  };
}
