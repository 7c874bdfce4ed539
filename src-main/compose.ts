import { randomUUID } from 'node:crypto';
import { app } from 'electron';
import type { AboutView } from '../src-shared/support/about-view.ts';
import type { ProfileSettings } from '../src-shared/servers/server-profile.ts';
import { aboutComputer, operatingSystem, runtimeOfProcess } from './adapters/computer/about-computer.ts';
import { createElectronPowerEvents } from './adapters/desktop/electron-power-events.ts';
import { createElectronStayAwake } from './adapters/desktop/electron-stay-awake.ts';
import type { AdministratorPlace } from './adapters/disk/administrator-file.ts';
import { createFileLog, logFile } from './adapters/disk/file-log.ts';
import { KeytarSecretStore } from './adapters/keychain/keytar-secret-store.ts';
import type { MachineFolder } from './adapters/disk/machine-license-marker.ts';
import { nodeSeal } from './adapters/computer/node-seal.ts';
import { nodeTokenCrypto } from './adapters/computer/node-token-crypto.ts';
import { osUserName } from './adapters/computer/os-account.ts';
import { openLogFolder } from './adapters/desktop/log-folder.ts';
import { ownDisplay } from './adapters/desktop/own-display.ts';
import { systemBrowser } from './adapters/desktop/system-browser.ts';
import { createSupportContact } from './adapters/desktop/support-contact.ts';
import { systemClipboard } from './adapters/desktop/system-clipboard.ts';
import { createFileExport } from './adapters/desktop/system-file-export.ts';
import { createLoginItem, startedProgram, type StartCommand } from './adapters/desktop/system-login-item.ts';
import { systemTimeService } from './adapters/computer/system-time-service.ts';
import { systemTimer } from './adapters/computer/system-timer.ts';
import { watchTrayHost } from './adapters/desktop/tray-host.ts';
import { Board } from './board/board.ts';
import { Changes } from './changes.ts';
import type { ComposedParts } from './compose/composed-parts.ts';
import { composeNetwork } from './compose/compose-network.ts';
import { composeNotifications } from './compose/compose-notifications.ts';
import { composePairing } from './compose/compose-pairing.ts';
import { composeDocuments, composeHistory, composeMachineLicense } from './compose/compose-storage.ts';
import { composeTroubleshooting } from './compose/compose-troubleshooting.ts';
import { ConsoleNotices } from './notifications/console-notices.ts';
import { KeepRunning } from './desktop/keep-running.ts';
import { endInOrder } from './start/orderly-end.ts';
import { backgroundSwitch } from './start/command-line.ts';
import { LocalApi } from './local-api/local-api.ts';
import { ConsoleCommands } from './commands/console-commands.ts';
import { ConsolePresence } from './desktop/console-presence.ts';
import { ConsoleScreen } from './desktop/console-screen.ts';
import { LicensedServers } from './servers/licensed-servers.ts';
import { mostProofsKept, SeenProofs } from './peers/seen-proofs.ts';
import { lastKnownOf, StandingWatch } from './history/standing-watch.ts';
import { KnownKeychain } from './keychain/known-keychain.ts';
import { TrustedTime } from './time/trusted-time.ts';
import type { Clock } from './ports/clock.ts';
import type { OwnComputer } from './ports/own-computer.ts';
import type { DocumentStore } from './ports/document-store.ts';
import type { Http } from './ports/http.ts';
import type { KeychainProgram, SecretStore } from './keychain/secret-store.ts';
import { ServerProfiles } from './servers/server-profiles.ts';
import { ConsoleTray } from './desktop/console-tray.ts';

interface ConsolePaths {
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
  /** The machine-wide file in which an administrator sets the support contact. */
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
  /** False if the checks do not start automatically, because a test counts every effect. */
  readonly looksBeforeNext?: boolean;
}

interface Console {
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

/** The composition root: together with compose/, the only place where adapters and services are connected. */
export function composeConsole(
  { clock, computer, secretStoreProcess, watch: wrapPorts = (ports) => ports, looksBeforeNext = true }: Surroundings,
  paths: ConsolePaths,
  preset: ProfileSettings | null,
): Console {
  const timer = systemTimer;
  const changes = new Changes(timer, clock);
  const notices = new ConsoleNotices(changes.notify);
  const log = createFileLog(logFile(paths.userData));
  const about = { version: app.getVersion(), runtime: runtimeOfProcess() };
  log.info('console', 'started', {
    ...about,
    os: operatingSystem(),
    pid: process.pid,
  });
  const keychain = new KeytarSecretStore(secretStoreProcess, log);
  const files = composeDocuments(paths.userData, clock, { log, notices });
  const { proxySignIns, relayed, network } = composeNetwork(keychain, log, notices);
  const { http, documents, secrets } = wrapPorts({
    http: network,
    documents: files,
    secrets: keychain,
  });
  const profiles = new ServerProfiles(documents, randomUUID);
  const trustedTime = new TrustedTime(clock);
  const seenProofs = new SeenProofs(mostProofsKept, documents);
  const history = composeHistory(paths.userData, trustedTime, changes, { log, notices });
  const machine = composeMachineLicense(paths.machineFolder, changes, { log, notices });
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
  const composedParts: ComposedParts = {
    servers,
    profiles,
    notices,
    localApi,
    trustedTime,
    timer,
    clock,
    log,
    changes,
  };
  const notifications = composeNotifications({
    ...composedParts,
    administratorNotice: paths.administratorNotice,
    http,
    documents,
  });
  const supportContact = createSupportContact(paths.supportContact, log);
  const readAbout = async (): Promise<AboutView> => ({
    ...(await aboutComputer(about.version, paths.userData)),
    support: supportContact(),
  });
  const { offer, laptop, nearbyLaptops } = composePairing({
    ...composedParts,
    http,
    proxySignIns,
    relay: relayed,
    board,
    stayAwake: createElectronStayAwake(),
    version: about.version,
  });
  const keepRunning = new KeepRunning(profiles, createLoginItem(startCommand()), osUserName());
  const timeService = systemTimeService(log);
  const { preflight, diagnostics, forCommands } = composeTroubleshooting({
    ...composedParts,
    folder: paths.userData,
    about,
    readAbout,
    history,
    network,
    timeService,
    keepRunning,
    offer,
    laptop,
  });
  const commands = new ConsoleCommands({
    ...composedParts,
    laptop,
    about,
    supportContact,
    ...forCommands,
    channel: async (served) => {
      const { CommandChannel } = await import('./adapters/command-channel/command-channel-server.ts');
      return new CommandChannel(paths.sessionFolder, { servedBy: 'console', display: ownDisplay() }, served);
    },
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
    timer,
    onBegun: () => {
      notifications.begin();
      if (looksBeforeNext) preflight.begin();
    },
    alerts: () => notifications.alerts(),
    keepRunning,
    offer,
    tray: new ConsoleTray(watchTrayHost),
    watch: {
      look: (standing) => {
        trustedTime.look();
        watch.look(standing);
        notifications.evaluate();
        localApi.standingChanged();
        commands.look();
      },
    },
    openScreen: (belongsTo) =>
      new ConsoleScreen({
        ...composedParts,
        proxySignIns,
        preflight,
        diagnostics,
        timeService,
        notifications,
        offer,
        nearbyLaptops,
        laptop,
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
  notifications.onActivate = (profileId, action) => presence.act(profileId, action);
  servers.onConnectionBack = () => notifications.connectionIsBack();
  servers.onForgotten = (id) => {
    if (laptop.view()?.profileId === id) laptop.end();
    return [notifications.serverForgotten(), localApi.serverForgotten(id), board.serverForgotten(id)].every(Boolean);
  };
  // `isInPlace`: no console runs, so a command runs in this process. Its terminal shows the code, and the clipboard stays unchanged.
  servers.onUserCode = (userCode, isShown) => {
    log.conceal(userCode);
    // The code of another server in the clipboard would be pasted on the page of this one.
    if (commands.isInPlace || !isShown) return;
    void systemClipboard.write(userCode).then((copied) => copied.ok && servers.noteCopied(userCode));
  };
  servers.restore(preset);
  if (profiles.loss) log.warn('files', 'settings_lost', { ...profiles.loss });
  if (paths.readOnly) notices.note('settings_not_written');
  if (paths.isOpenToOthers) notices.note('folder_open_to_others');
  const power = createElectronPowerEvents(timer);
  power.onResume(() => {
    servers.resume();
    offer.resume();
  });
  // Unlocking the session may open the keychain, so work that waited for it can continue.
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
          // Otherwise their checks would continue with services that have ended.
          () => preflight.cancel(),
          () => diagnostics.end(),
          () => notifications.stop(),
          () => offer.close(),
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

/** The command with which the operating system starts this installation without its window. */
function startCommand(): StartCommand {
  const program = startedProgram(process.execPath, process.env);
  return { program, args: [...(app.isPackaged ? [] : [app.getAppPath()]), backgroundSwitch] };
}
