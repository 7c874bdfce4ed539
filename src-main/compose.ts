import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, session as sessions } from 'electron';
import type { AboutView } from '../src-shared/about-view.ts';
import { type AdministratorNoticeState, administratorNoticeRefusals } from '../src-shared/alert.ts';
import { localApiTrouble } from '../src-shared/local-api-view.ts';
import type { HelpView } from '../src-shared/pairing.ts';
import type { ProfileSettings } from '../src-shared/server-profile.ts';
import { aboutComputer, operatingSystem, runtimeOfProcess } from './adapters/computer/about-computer.ts';
import { createAdministratorNotice } from './adapters/desktop/administrator-notice.ts';
import { createDataStorage } from './adapters/disk/data-storage.ts';
import { createDiagnosticsFiles } from './adapters/disk/diagnostics-files.ts';
import { createAxiosHttp } from './adapters/network/axios-http.ts';
import { createElectronNotifier } from './adapters/desktop/electron-notifier.ts';
import { createElectronPowerEvents } from './adapters/desktop/electron-power-events.ts';
import { ElectronStoreDocuments } from './adapters/disk/electron-store-documents.ts';
import type { AdministratorPlace } from './adapters/disk/administrator-file.ts';
import { createFileLog, logFile } from './adapters/disk/file-log.ts';
import { entryFields } from './adapters/disk/structured-log.ts';
import { JsonlLineFile } from './adapters/disk/jsonl-line-file.ts';
import { KeytarSecretStore } from './adapters/keychain/keytar-secret-store.ts';
import { type MachineFolder, MachineLicenseMarkers } from './adapters/disk/machine-license-marker.ts';
import { nodeSeal } from './adapters/computer/node-seal.ts';
import { nodeTokenCrypto } from './adapters/computer/node-token-crypto.ts';
import { accountLookup, osUserName } from './adapters/computer/os-account.ts';
import { openLogFolder } from './adapters/desktop/log-folder.ts';
import { ownDisplay } from './adapters/desktop/own-display.ts';
import { systemBrowser } from './adapters/desktop/system-browser.ts';
import { createSupportContact } from './adapters/desktop/support-contact.ts';
import { systemClipboard } from './adapters/desktop/system-clipboard.ts';
import { createFileExport } from './adapters/desktop/system-file-export.ts';
import { createLoginItem, startedProgram, type StartCommand } from './adapters/desktop/system-login-item.ts';
import type { OwnCopy } from './adapters/computer/other-copies.ts';
import { systemTimeService } from './adapters/computer/system-time-service.ts';
import { systemTimer } from './adapters/computer/system-timer.ts';
import { watchTrayHost } from './adapters/desktop/tray-host.ts';
import { virtualMachine } from './adapters/computer/virtual-machine.ts';
import { proxyScript } from './adapters/network/proxy-script.ts';
import { RelayedRequests } from './adapters/network/relayed-requests.ts';
import { relayedSession, watchSession } from './adapters/network/watched-session.ts';
import { Board } from './board/board.ts';
import { Changes } from './changes.ts';
import { ConsoleNotices } from './notifications/console-notices.ts';
import { KeepRunning } from './desktop/keep-running.ts';
import { endInOrder } from './start/orderly-end.ts';
import { backgroundSwitch, commandWords } from './start/command-line.ts';
import { LocalApi } from './local-api/local-api.ts';
import { ConsoleCommands } from './commands/console-commands.ts';
import { ConsolePresence } from './desktop/console-presence.ts';
import { ConsoleScreen } from './desktop/console-screen.ts';
import { HelpOffer } from './pairing/laptop/help-offer.ts';
import { LaptopPairing } from './pairing/server/laptop-pairing.ts';
import { reachForServers } from './desktop/reach-for-servers.ts';
import { reportForLaptop } from './servers/report-for-laptop.ts';
import { LicensedServers } from './servers/licensed-servers.ts';
import { mostProofsKept, SeenProofs } from './peers/seen-proofs.ts';
import { historyGenerationBytes, HistoryLog } from './history/history-log.ts';
import { lastKnownOf, StandingWatch } from './history/standing-watch.ts';
import { ProxySignIns } from './keychain/proxy-sign-ins.ts';
import { KnownKeychain } from './keychain/known-keychain.ts';
import { MachineLicense } from './license/machine-license.ts';
import { TrustedTime } from './time/trusted-time.ts';
import type { AlertStanding } from './notifications/notification-causes.ts';
import { NotificationService } from './notifications/notification-service.ts';
import type { Clock } from './ports/clock.ts';
import type { OwnComputer } from './ports/own-computer.ts';
import type { DocumentStore } from './ports/document-store.ts';
import type { Http } from './ports/http.ts';
import type { DiagnosticsScene, KeptSettings } from './diagnostics/diagnostics-part.ts';
import { Diagnostics } from './diagnostics/diagnostics.ts';
import { Preflight, type PreflightDeps } from './preflight/preflight.ts';
import type { LineFile } from './history/line-file.ts';
import type { LocalApiControl } from './ports/local-api.ts';
import type { Log } from './ports/log.ts';
import type { KeychainProgram, SecretStore } from './keychain/secret-store.ts';
import { ServerProfiles } from './servers/server-profiles.ts';
import { ConsoleTray } from './desktop/console-tray.ts';

export interface ConsolePaths {
  readonly userData: string;
  /** Where Electron keeps its lock: `userData`, or another folder if `userData` cannot be written. */
  readonly sessionFolder: string;
  /** True if `userData` cannot be written. */
  readonly readOnly: boolean;
  /** True if other accounts of this computer can read the files in `userData`. */
  readonly isOpenToOthers: boolean;
  /** The folder that all accounts of this computer share. Null if there is none. */
  readonly machineFolder: MachineFolder | null;
  readonly preload: string;
  readonly renderer: string;
  /** The machine-wide file in which an administrator sets a command or an address for events. */
  readonly administratorNotice: AdministratorPlace;
  /** The machine-wide file in which an administrator says whom to ask for support. */
  readonly supportContact: AdministratorPlace;
}

/** The ports through which the services act on the outside. */
interface OutwardPorts {
  readonly http: Http;
  readonly documents: DocumentStore;
  readonly secrets: SecretStore & KeychainProgram;
}

/** The parts that depend on the kind of build. */
export interface Surroundings {
  readonly clock: Clock;
  /** Identifies this computer. */
  readonly computer: OwnComputer;
  /** The path of the keychain process's module. */
  readonly secretStoreProcess: string;
  /** Wraps the ports of the services, for tests. */
  readonly watch?: (ports: OutwardPorts) => OutwardPorts;
  /** False if the checks do not run by themselves, because a test counts every effect. */
  readonly looksBeforeNext?: boolean;
}

export interface Console {
  /** Opens the window, or brings it to the front. */
  show(): void;
  /** Starts refreshing licenses without a window. */
  runInBackground(): void;
  /** Call when the application is about to end: its window then closes without a question. */
  beforeQuit(): void;
  /** The commands of the terminal. */
  readonly commands: ConsoleCommands;
  /** Ends all parts. Resolves after pending tokens have been written to the keychain. */
  close(): Promise<void>;
}

/** The composition root: the only place where adapters and services are connected. */
export function composeConsole(
  { clock, computer, secretStoreProcess, watch: wrapPorts = (ports) => ports, looksBeforeNext = true }: Surroundings,
  paths: ConsolePaths,
  preset: ProfileSettings | null,
): Console {
  const timer = systemTimer;
  const changes = new Changes(timer);
  const notices = new ConsoleNotices(changes.notify);
  const log = createFileLog(logFile(paths.userData));
  const about = { version: app.getVersion(), runtime: runtimeOfProcess() };
  log.info('console', 'started', {
    ...about,
    os: operatingSystem(),
    pid: process.pid,
  });
  const keychain = new KeytarSecretStore(secretStoreProcess, log);
  const proxySignIns = new ProxySignIns(keychain);
  const files = new ElectronStoreDocuments(paths.userData, () => clock.wallNow(), {
    onNotWritten: (name, reason) => {
      log.warn('files', 'not_written', { ...entryFields(name), reason });
      notices.note('settings_not_written');
    },
    onSetAside: (name, keptAs) => {
      log.warn('files', 'set_aside', entryFields(name));
      if (name.startsWith('authorization-server.')) notices.note('server_details_unreadable', { keptAs });
    },
    onInUse: (inUse) => {
      log.warn('files', inUse ? 'in_use' : 'released');
      if (inUse) notices.note('settings_in_use');
      else notices.dismiss('settings_in_use');
    },
  });
  const relayed = new RelayedRequests();
  const network = createAxiosHttp(
    (name) => watchSession(sessions.fromPartition(name, { cache: false }), proxySignIns),
    log,
    undefined,
    {
      wayOf: (server) => relayed.wayOf(server),
      // A name of its own each time, so that nothing of an earlier pairing is in it.
      openSession: (name, way) =>
        relayedSession(sessions.fromPartition(`relayed-${randomUUID()}-${name}`, { cache: false }), way),
    },
  );
  proxySignIns.onSaved = (change, trouble) => {
    notices.dismiss('proxy_sign_in_not_kept');
    notices.dismiss('proxy_sign_in_not_forgotten');
    if (!trouble) return;
    log.warn('keychain', `proxy_sign_in_not_${change}`, { code: trouble.code });
    notices.note(`proxy_sign_in_not_${change}`);
  };
  const { http, documents, secrets } = wrapPorts({
    http: network,
    documents: files,
    secrets: keychain,
  });
  const profiles = new ServerProfiles(documents, randomUUID);
  const trustedTime = new TrustedTime(clock);
  const seenProofs = new SeenProofs(mostProofsKept, documents);
  const history = new HistoryLog({
    open: historyFiles(paths.userData, (name, reason) => {
      log.warn('files', 'not_written', { ...entryFields(name), reason });
      notices.note('history_not_written');
    }),
    trustedTime,
    onAppended: changes.notify,
  });
  const markers = paths.machineFolder === null ? null : new MachineLicenseMarkers(paths.machineFolder, osUserName());
  const machine = new MachineLicense(markers, changes.notify, (isUnread) => sayOthersUnread(notices, log, isUnread));
  const servers = new LicensedServers({
    profiles,
    notices,
    history,
    machine,
    about,
    parts: {
      http,
      clock,
      timer,
      random: Math.random,
      documents,
      secrets: new KnownKeychain(secrets, documents),
      seal: nodeSeal,
      ownComputer: computer,
      tokenCrypto: nodeTokenCrypto,
      trustedTime,
      expiredPeers: () => profiles.localApi.expiredPeers,
      seenProofs,
      onChanged: changes.notify,
      onFault: (thrown) => log.error('license', 'refresh_fault', thrown),
    },
    onEvent: (profileId, event) => {
      const code = 'code' in event ? event.code : undefined;
      log[code === undefined ? 'info' : 'warn']('license', event.kind, { server: profileId, code });
      history.append(profileId, event);
    },
  });
  const board = new Board({ servers, documents, trustedTime, onChanged: changes.notify });
  const localApi = new LocalApi({
    servers,
    profiles,
    history,
    notices,
    documents,
    trustedTime,
    timer,
    log,
    folder: paths.userData,
    version: app.getVersion(),
    onChanged: changes.notify,
  });
  const people = new NotificationService({
    standings: () => standings(servers, profiles, localApi),
    quietHours: () => profiles.quietHours,
    notifier: createElectronNotifier(log),
    administrator: createAdministratorNotice(paths.administratorNotice, http, log),
    documents,
    clock,
    timer,
    trustedTime,
    onAdministratorNotice: (notice) => sayAdministratorNotice(notices, notice),
    onChanged: changes.notify,
  });
  const supportContact = createSupportContact(paths.supportContact, log);
  const readAbout = async (): Promise<AboutView> => ({
    ...(await aboutComputer(about.version, paths.userData)),
    support: supportContact(),
  });
  const help: HelpOffer = new HelpOffer({
    http,
    reach: reachForServers(proxySignIns),
    timer,
    clock,
    log,
    // What the person confirmed for one server of this offer counts for the next ones.
    knownIssuers: () => [...profiles.all.map(({ issuer }) => issuer), ...confirmedIssuers(help.view())],
    onReport: (report) => {
      if (report.acquisition.userCode !== undefined) log.conceal(report.acquisition.userCode);
      board.reportCame(report);
    },
    onChanged: changes.notify,
  });
  const laptop = new LaptopPairing({
    report: (profileId) => {
      const server = servers.of(profileId);
      return server ? reportForLaptop(server, about.version) : null;
    },
    relay: relayed,
    timer,
    clock,
    log,
    onChanged: changes.notify,
  });
  changes.subscribe(() => laptop.look());
  const keepRunning = new KeepRunning(profiles, createLoginItem(startCommand()), osUserName());
  const timeService = systemTimeService(log);
  const checksFor =
    (isInPlace: boolean): PreflightDeps['run'] =>
    async (checked, run) => {
      const { runPreflight } = await import('./preflight/run-preflight.ts');
      const { otherCopies } = await import('./adapters/computer/other-copies.ts');
      const scene = {
        isInPlace,
        servers,
        notices,
        localApi,
        trustedTime,
        storage: createDataStorage(paths.userData),
        network,
        timeService,
        background: () => {
          keepRunning.readLoginItem();
          return keepRunning.view(false);
        },
        startsAnother: () => keepRunning.startsAnother,
        otherCopies: () => otherCopies(ownCopy(paths.userData), accountLookup(process.platform)),
        virtualMachine,
        proxyScript,
      };
      return runPreflight(scene, checked, { ...run, timer });
    };
  const diagnosticsScene = (isInPlace: boolean): DiagnosticsScene => ({
    product: about,
    about: readAbout,
    now: () => clock.wallNow(),
    home: homedir(),
    disk: createDiagnosticsFiles(paths.userData, () => log.settle()),
    services: {
      isInPlace,
      servers: servers.all,
      shownId: servers.shown?.profileId ?? null,
      notices: notices.all,
      trustedTime,
      settings: () => settingsOfConsole(profiles),
      localApi: (profileId) => localApi.view(profileId),
      history: (profileId) => history.read(profileId),
      checks: (signal, onResult) => checksFor(isInPlace)(servers.all, { signal, onResult }),
    },
  });
  const preflight = new Preflight({
    clock,
    run: checksFor(false),
    onFault: (thrown) => log.error('console', 'preflight_fault', thrown),
    onChanged: changes.notify,
  });
  const diagnostics = new Diagnostics({
    collect: async (run) => {
      const { collectDiagnostics } = await import('./diagnostics/collect-diagnostics.ts');
      return collectDiagnostics(diagnosticsScene(false), { ...run, timer, pause: otherWork });
    },
    now: () => clock.wallNow(),
    onFault: (thrown) => log.error('console', 'diagnostics_fault', thrown),
    onChanged: changes.notify,
  });
  const commands = new ConsoleCommands({
    servers,
    notices,
    changes,
    localApi,
    laptop,
    trustedTime,
    timer,
    about,
    preflight: (checked, isInPlace) => checksFor(isInPlace)(checked, {}),
    diagnostics: async (isInPlace, run) => {
      const { collectZip } = await import('./diagnostics/diagnostics-zip.ts');
      return collectZip(diagnosticsScene(isInPlace), { ...run, timer, pause: otherWork });
    },
    channel: async (served) => {
      const { CommandChannel } = await import('./adapters/command-channel/command-channel-server.ts');
      return new CommandChannel(paths.sessionFolder, { servedBy: 'console', display: ownDisplay() }, served);
    },
    clock,
    log,
  });
  const watch = new StandingWatch({
    lastKnown: (id) => lastKnownOf(history.read(id).entries.map(({ event }) => event)),
    append: (id, event) => history.append(id, event),
  });
  const presence = new ConsolePresence({
    servers,
    changes,
    onBegin: () => {
      void localApi.begin();
      commands.serve();
    },
    onBegun: () => {
      people.begin();
      if (looksBeforeNext) preflight.begin();
    },
    alerts: () => people.alerts(),
    keepRunning,
    tray: new ConsoleTray(watchTrayHost),
    watch: {
      look: (standing) => {
        trustedTime.look();
        watch.look(standing);
        people.evaluate();
        localApi.standingChanged();
        commands.look();
      },
    },
    openScreen: (belongsTo) =>
      new ConsoleScreen({
        servers,
        notices,
        changes,
        profiles,
        proxySignIns,
        preflight,
        diagnostics,
        timeService,
        people,
        help,
        laptop,
        localApi,
        clock,
        timer,
        log,
        clipboard: systemClipboard,
        browser: systemBrowser,
        board,
        history,
        fileExport: createFileExport(log),
        about: readAbout,
        supportContact,
        trustedNow: () => trustedTime.evaluate().judgedAt,
        openLogFolder: () => openLogFolder(logFile(paths.userData)),
        paths,
        presence: belongsTo,
      }),
    quit: () => app.quit(),
  });
  people.onActivate = (profileId, action) => presence.act(profileId, action);
  servers.onConnectionBack = () => people.connectionIsBack();
  servers.onForgotten = (id) => {
    if (laptop.view()?.profileId === id) laptop.end();
    return [people.serverForgotten(), localApi.serverForgotten(id), board.serverForgotten(id)].every(Boolean);
  };
  // `isInPlace`: no console runs, so a command runs in this process. Its terminal shows the code, and the clipboard stays unchanged.
  servers.onUserCode = (userCode, isShown) => {
    log.conceal(userCode);
    // The code of another server in the clipboard would be pasted on the page of this one.
    if (commands.isInPlace || !isShown) return;
    void systemClipboard.write(userCode).then((copied) => copied.ok && servers.noteCopied(userCode));
  };
  servers.restore(preset);
  if (paths.readOnly) notices.note('settings_not_written');
  if (paths.isOpenToOthers) notices.note('folder_open_to_others');
  const power = createElectronPowerEvents(timer);
  power.onResume(() => servers.resume());
  // Unlocking the session may open the keychain, so work that waited for it can go on.
  power.onUnlock(() => servers.online());
  power.onOnline(() => servers.online());
  power.onShutdown(() => app.quit());
  return {
    show: () => presence.show(),
    runInBackground: () => presence.begin(),
    beforeQuit: () => {
      presence.beforeQuit();
      commands.beforeQuit();
    },
    commands,
    close: () =>
      endInOrder(
        [
          // Their checks would go on over services that have ended.
          () => preflight.cancel(),
          () => diagnostics.end(),
          () => people.stop(),
          () => help.close(),
          () => laptop.close(),
          () => commands.close(),
          () => localApi.close(),
          () => servers.close(),
          () => seenProofs.keep(trustedTime.evaluate().judgedAt),
          () => keychain.close(),
          () => files.settle(),
          () => log.info('console', 'ended'),
          () => log.settle(),
        ],
        (thrown) => log.error('console', 'end_fault', thrown),
      ),
  };
}

/** The issuers that a person confirmed for servers that this console helps. */
function confirmedIssuers(help: HelpView | null): readonly string[] {
  const confirmed = (help?.servers ?? []).filter(({ issuer }) => issuer.state === 'confirmed');
  return confirmed.flatMap(({ report }) => report?.issuer ?? []);
}

/** Opens the history files in a folder. A file is created by its first entry. */
function historyFiles(
  folder: string,
  onNotWritten: (name: string, reason: string) => void,
): (name: string) => LineFile {
  return (name) => new JsonlLineFile(folder, name, historyGenerationBytes, (reason) => onNotWritten(name, reason));
}

/** Shows a notice while the markers of other accounts cannot be read. */
function sayOthersUnread(notices: ConsoleNotices, log: Log, isUnread: boolean): void {
  if (!isUnread) return notices.dismiss('other_accounts_unread');
  log.warn('files', 'other_accounts_unread');
  notices.note('other_accounts_unread');
}

/** Shows a notice with the reason while an administrator's setting is refused. */
function sayAdministratorNotice(notices: ConsoleNotices, notice: AdministratorNoticeState): void {
  for (const reason of administratorNoticeRefusals) notices.dismiss(`administrator_notice_${reason}`);
  if (notice.state === 'refused') notices.note(`administrator_notice_${notice.reason}`);
}

function standings(
  servers: LicensedServers,
  profiles: ServerProfiles,
  localApi: LocalApiControl,
): readonly AlertStanding[] {
  const view = profiles.current && localApi.view(profiles.current.id);
  const trouble = view && localApiTrouble(view);
  return servers.standing().servers.map((server) => ({ ...server, localApi: trouble }));
}

const otherWork = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** The settings that are not about one server. */
function settingsOfConsole(profiles: ServerProfiles): KeptSettings {
  const { keepsRunning, theme, quietHours, pane, pageZoomPercent } = profiles;
  return [
    ['keeps_running', String(keepsRunning ?? 'not asked')],
    ['theme', theme],
    ['quiet_hours', quietHours.on ? `${quietHours.from} to ${quietHours.to}` : 'off'],
    ['page_zoom_percent', String(pageZoomPercent)],
    ['pane', `split ${pane.splitPercent} %, zoom ${pane.zoomPercent} %, signs out: ${pane.signOutWhenFinished}`],
  ];
}

/** The command with which the operating system starts this installation without its window. */
function startCommand(): StartCommand {
  const program = startedProgram(process.execPath, process.env);
  return { program, args: [...(app.isPackaged ? [] : [app.getAppPath()]), backgroundSwitch] };
}

/** What tells this console from others. A packaged one is a program of its own, so all its arguments are for the console. */
function ownCopy(dataFolder: string): OwnCopy {
  return {
    program: process.execPath,
    entry: app.isPackaged ? null : app.getAppPath(),
    dataFolder,
    usualFolder: join(app.getPath('appData'), app.getName()),
    process: process.pid,
    uid: process.getuid?.() ?? -1,
    isCommand: (args) => commandWords(['', ...args], true) !== null,
  };
}
