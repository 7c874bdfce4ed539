import type { Notice } from '../../src-shared/window/console-state.ts';
import type { HandlersOf, IpcHandlers } from '../../src-shared/window/ipc-contract.ts';
import { type Place, placeOf } from '../../src-shared/window/place.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import { acquisitionHandlers, type AcquisitionHandlersDeps } from './acquisition-handlers.ts';
import { boardHandlers, type BoardHandlersDeps } from './board-handlers.ts';
import { historyHandlers, type HistoryHandlersDeps } from './history-handlers.ts';
import { type ExportHandlersDeps, exportHandlers } from './export-handlers.ts';
import { headOfficeHandlers, type HeadOfficeHandlersDeps } from './head-office-handlers.ts';
import { offerHandlers, type OfferHandlersDeps } from './offer-handlers.ts';
import { laptopHandlers, type LaptopHandlersDeps } from './laptop-handlers.ts';
import { helpHandlers, type HelpHandlersDeps } from './help-handlers.ts';
import { licenseHandlers, type LicenseHandlersDeps } from './license-handlers.ts';
import { localApiHandlers, type LocalApiHandlersDeps } from './local-api-handlers.ts';
import { pageHandlers, type PageHandlersDeps } from './page-handlers.ts';
import { paneHandlers, type PaneHandlersDeps } from './pane-handlers.ts';
import { preflightHandlers, type PreflightHandlersDeps } from './preflight-handlers.ts';
import { settingsHandlers, type SettingsHandlersDeps } from './settings-handlers.ts';
import { signInHandlers, type SignInHandlersDeps } from './sign-in-handlers.ts';
import type { NotificationService } from '../notifications/notification-service.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';

interface ConsoleHandlersDeps
  extends AcquisitionHandlersDeps,
    BoardHandlersDeps,
    ExportHandlersDeps,
    HeadOfficeHandlersDeps,
    OfferHandlersDeps,
    HistoryHandlersDeps,
    Omit<LaptopHandlersDeps, 'pane' | 'servers' | 'profiles'>,
    HelpHandlersDeps,
    LicenseHandlersDeps,
    LocalApiHandlersDeps,
    PageHandlersDeps,
    PaneHandlersDeps,
    PreflightHandlersDeps,
    SettingsHandlersDeps,
    SignInHandlersDeps {
  readonly servers: LicensedServers;
  readonly notifications: Pick<NotificationService, 'snooze' | 'showTest' | 'evaluate'>;
  /** Shows a server, at the page that an alert is about. */
  readonly showServer: (profileId: string, place: Place) => Result<null>;
  /** Called when the page has begun to listen. */
  readonly onListening: () => void;
}

const done = succeed(null);

/** The handlers of all calls of the page. */
export function createConsoleHandlers(deps: ConsoleHandlersDeps): IpcHandlers {
  return {
    ...consoleHandlers(deps),
    ...acquisitionHandlers(deps),
    ...headOfficeHandlers(deps),
    ...licenseHandlers(deps),
    ...boardHandlers(deps),
    ...historyHandlers(deps),
    ...exportHandlers(deps),
    ...offerHandlers(deps),
    ...laptopHandlers(deps),
    ...localApiHandlers(deps),
    ...paneHandlers(deps),
    ...preflightHandlers(deps),
    ...pageHandlers(deps),
    ...signInHandlers(deps),
    ...helpHandlers(deps),
    ...settingsHandlers(deps),
  };
}

function consoleHandlers(deps: ConsoleHandlersDeps): HandlersOf<'console' | 'notice' | 'alert' | 'profile'> {
  return {
    'console.read': async () => {
      deps.onListening();
      return succeed(deps.state());
    },
    'notice.dismiss': async ({ id }) => {
      deps.servers.dismissNotice(id as Notice['id']);
      return done;
    },
    'alert.snooze': async ({ profileId, cause }) => {
      deps.notifications.snooze(profileId, cause);
      return done;
    },
    // Every other cause is explained on the License page. The local license API has its own page.
    'alert.show': async ({ profileId, cause }) =>
      deps.showServer(profileId, placeOf(cause === 'local_api_down' ? 'open_local_api' : 'open_license')),
    'profile.check': ({ issuer }) => deps.servers.settings.checkIssuer(issuer),
    'profile.save': async (settings) => {
      const isFirst = deps.profiles.current === null;
      const saved = await deps.servers.settings.save(settings);
      // The form has closed, and the next step is on the page in the pane.
      if (saved.ok && isFirst) deps.pane.focus();
      return saved;
    },
    'profile.add': (settings) => deps.servers.settings.add(settings),
    'profile.add_unchecked': (settings) => deps.servers.settings.addUnchecked(settings),
    'profile.edit': ({ id, settings }) => deps.servers.settings.save(settings, id),
    'profile.rename': async ({ id, serverName }) => deps.servers.settings.rename(id, serverName),
    'profile.forget': ({ id, license }) => deps.servers.forgetProfile(id, license),
    'profile.choose': async ({ id }) => deps.servers.chooseProfile(id),
  };
}
