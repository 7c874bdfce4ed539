import type { Notice } from '../../src-shared/window/console-state.ts';
import type { HandlersOf, IpcHandlers } from '../../src-shared/window/ipc-contract.ts';
import { succeed } from '../../src-shared/result.ts';
import { acquisitionHandlers, type AcquisitionHandlersDeps } from './acquisition-handlers.ts';
import { type AppearanceHandlersDeps, appearanceHandlers } from './appearance-handlers.ts';
import { type BackgroundIntents, backgroundHandlers } from './background-handlers.ts';
import { boardHandlers, type BoardHandlersDeps } from './board-handlers.ts';
import { historyHandlers, type HistoryHandlersDeps } from './history-handlers.ts';
import { type DiagnosticsHandlersDeps, diagnosticsHandlers } from './diagnostics-handlers.ts';
import { type ExportHandlersDeps, exportHandlers } from './export-handlers.ts';
import { handoverHandlers, type HandoverHandlersDeps } from './handover-handlers.ts';
import { headOfficeHandlers, type HeadOfficeHandlersDeps } from './head-office-handlers.ts';
import { offerHandlers, type OfferHandlersDeps } from './offer-handlers.ts';
import { laptopHandlers, type LaptopHandlersDeps } from './laptop-handlers.ts';
import { licenseHandlers, type LicenseHandlersDeps } from './license-handlers.ts';
import { localApiHandlers, type LocalApiHandlersDeps } from './local-api-handlers.ts';
import { notificationHandlers, type NotificationHandlersDeps } from './notification-handlers.ts';
import { pageHandlers, type PageHandlersDeps } from './page-handlers.ts';
import { clockHandlers, type ClockHandlersDeps } from './clock-handlers.ts';
import { paneHandlers, type PaneHandlersDeps } from './pane-handlers.ts';
import { preflightHandlers, type PreflightHandlersDeps } from './preflight-handlers.ts';
import { signInHandlers, type SignInHandlersDeps } from './sign-in-handlers.ts';
import { supportHandlers, type SupportHandlersDeps } from './support-handlers.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConsoleNotices } from '../notifications/console-notices.ts';
import type { LicensedServers } from '../servers/licensed-servers.ts';

interface ConsoleHandlersDeps
  extends AcquisitionHandlersDeps,
    AppearanceHandlersDeps,
    BoardHandlersDeps,
    ExportHandlersDeps,
    HandoverHandlersDeps,
    HeadOfficeHandlersDeps,
    OfferHandlersDeps,
    HistoryHandlersDeps,
    Omit<LaptopHandlersDeps, 'pane' | 'servers' | 'profiles'>,
    ClockHandlersDeps,
    LicenseHandlersDeps,
    LocalApiHandlersDeps,
    NotificationHandlersDeps,
    PageHandlersDeps,
    PaneHandlersDeps,
    PreflightHandlersDeps,
    DiagnosticsHandlersDeps,
    SignInHandlersDeps,
    SupportHandlersDeps {
  readonly servers: LicensedServers;
  readonly clock: Clock;
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
    ...historyHandlers(deps),
    ...exportHandlers(deps),
    ...offerHandlers(deps),
    ...laptopHandlers(deps),
    ...localApiHandlers(deps),
    ...paneHandlers(deps),
    ...clockHandlers(deps),
    ...preflightHandlers(deps),
    ...diagnosticsHandlers(deps),
    ...backgroundHandlers(deps.background),
    ...notificationHandlers(deps),
    ...pageHandlers(deps),
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
