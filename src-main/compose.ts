import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, session as sessions } from 'electron';
import type { ConsoleState, PaneView } from '../src-shared/console-state.ts';
import { firstPaintMarkup } from '../src-shared/first-paint.ts';
import { ipcEventChannel } from '../src-shared/ipc-contract.ts';
import { fail, type Result, succeed } from '../src-shared/result.ts';
import type { ProfileSettings, ServerProfile } from '../src-shared/server-profile.ts';
import { createAxiosHttp } from './adapters/axios-http.ts';
import { createElectronPowerEvents } from './adapters/electron-power-events.ts';
import { ElectronStoreDocuments } from './adapters/electron-store-documents.ts';
import { createFileLog } from './adapters/file-log.ts';
import { KeytarSecretStore } from './adapters/keytar-secret-store.ts';
import { copyToClipboard } from './adapters/system-clipboard.ts';
import { systemBrowser } from './adapters/system-browser.ts';
import { systemTimer } from './adapters/system-timer.ts';
import { ConsoleService } from './console-service.ts';
import { createConsoleHandlers } from './ipc/console-handlers.ts';
import { ConsoleModel } from './ipc/console-model.ts';
import { registerHandlers } from './ipc/register-handlers.ts';
import { TrustedTime } from './license/trusted-time.ts';
import type { Clock } from './ports/clock.ts';
import { ServerProfiles } from './profiles/server-profiles.ts';
import { AuthorizationPane } from './window/authorization-pane.ts';
import { consoleOrigin, serveConsole } from './window/console-scheme.ts';
import { openConsoleWindow } from './window/console-window.ts';
import { firstPage } from './window/first-page.ts';

export interface ConsolePaths {
  readonly userData: string;
  readonly preload: string;
  readonly renderer: string;
  readonly secretStoreProcess: string;
}

export interface Console {
  show(): void;
  close(): void;
}

const closedPane: PaneView = {
  open: false,
  loading: false,
  origin: '',
  transport: 'none',
  isAuthorizationServer: false,
  title: '',
  canGoBack: false,
  zoomPercent: 100,
  splitPercent: 45,
  failure: null,
  signOutWhenFinished: false,
};

/** The composition root: the one place where adapters meet services. */
export function composeConsole(clock: Clock, paths: ConsolePaths, preset: ProfileSettings | null): Console {
  let pane: AuthorizationPane | null = null;

  const log = createFileLog(join(paths.userData, 'logs', 'console.log'));
  const documents = new ElectronStoreDocuments(
    paths.userData,
    () => clock.wallNow(),
    () => service.note('settings_not_written'),
  );
  const profiles = new ServerProfiles(documents, randomUUID);
  const secrets = new KeytarSecretStore(paths.secretStoreProcess);
  const http = createAxiosHttp((name) => sessions.fromPartition(name, { cache: false }), log);
  const trustedTime = new TrustedTime(clock);
  const model = new ConsoleModel({
    clock,
    timer: systemTimer,
    read: () => service.state(pane?.state() ?? { ...closedPane, ...profiles.pane, open: opensPane() }),
  });
  const service: ConsoleService = new ConsoleService({
    profiles,
    about: { version: app.getVersion(), runtime: `Electron ${process.versions.electron}` },
    parts: {
      http,
      clock,
      timer: systemTimer,
      random: Math.random,
      documents,
      secrets,
      trustedTime,
      onUserCode: (userCode) => void copyToClipboard(userCode),
      onLicensed: () => {
        if (profiles.pane.signOutWhenFinished) void pane?.signOut();
        pane?.show(false);
      },
      onChanged: () => model.changed(),
    },
    onProfile: (profile) => {
      pane?.aim(profile ? paneTarget(profile) : null);
      pane?.show(opensPane());
    },
  });
  const opensPane = () => profiles.current !== null && !service.services?.license.view();

  service.restore(preset);
  const session = sessions.fromPartition('console', { cache: true });
  serveConsole(session, paths.renderer, (document) => firstPage(document, model.snapshot(), firstPaintMarkup));
  const window = openConsoleWindow({
    session,
    preload: paths.preload,
    kept: profiles.window,
    onMoved: (settings) => profiles.saveWindow(settings),
  });
  const contents = window.webContents;
  const send = (state: ConsoleState) => {
    if (!contents.isDestroyed()) contents.send(ipcEventChannel('console.changed'), state);
  };
  model.listener = send;
  pane = new AuthorizationPane({
    window,
    habits: () => profiles.pane,
    saveZoom: (zoomPercent) => profiles.savePane({ zoomPercent }),
    onLeave: (backwards) => {
      contents.focus();
      contents.send(ipcEventChannel('focus.returned'), { backwards });
    },
    onChanged: () => model.changed(),
  });
  const allowedHosts = () =>
    [profiles.current?.issuer, profiles.current?.startAddress, service.services?.acquisition.verification?.uri]
      .filter((address) => address !== undefined && URL.canParse(address))
      .map((address) => new URL(address ?? '').host);
  registerHandlers(
    contents,
    consoleOrigin,
    createConsoleHandlers({
      state: () => model.snapshot(),
      profiles,
      services: () => service.services,
      checkIssuer: (issuer) => service.checkIssuer(issuer),
      saveProfile: (settings) => service.saveProfile(settings),
      addProfile: (settings) => service.addProfile(settings),
      chooseProfile: (id) => service.chooseProfile(id),
      pane,
      pageZoom: () => contents.getZoomFactor(),
      copy: copyToClipboard,
      print: () => print(contents),
      openInBrowser: (url) => systemBrowser.open(url, allowedHosts()),
      setRemoval: (removal) => service.setRemoval(removal),
      dismissNotice: (id) => service.dismissNotice(id),
      changed: () => model.changed(),
    }),
    log,
  );
  // Everything that is not the first paint comes after it.
  window.once('ready-to-show', () => {
    if (profiles.current) pane?.aim(paneTarget(profiles.current));
    if (opensPane()) pane?.show(true);
    void service.begin();
  });
  const power = createElectronPowerEvents(systemTimer);
  power.onResume(() => service.resume());
  power.onOnline(() => service.online());
  window.on('focus', () => service.lookedAt());
  window.on('closed', () => {
    model.listener = () => {};
    pane = null;
  });
  return {
    show() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    close() {
      service.close();
      secrets.close();
    },
  };
}

function paneTarget(profile: ServerProfile) {
  return {
    policy: {
      issuer: new URL(profile.issuer),
      privateHosts: (profile.signInHosts ?? '').toLowerCase().split(/[\s,]+/),
    },
    startAddress: profile.startAddress ?? profile.issuer,
  };
}

async function print(contents: Electron.WebContents): Promise<Result<null>> {
  return new Promise((resolve) => {
    contents.print({}, (success, reason) => {
      // Closing the dialog is a person's choice, not a failure.
      resolve(success || /cancel/i.test(reason) ? succeed(null) : fail('internal_error', { detail: reason }));
    });
  });
}
