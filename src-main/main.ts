import { allIsLoaded, cannotStart, refuseStart } from './start/cannot-start.ts';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { ProfileSettings } from '../src-shared/server-profile.ts';
import { administratorNoticeFile, type AdministratorNoticePlace } from './adapters/desktop/administrator-notice.ts';
import { logFile, logIfPossible } from './adapters/disk/file-log.ts';
import { type MachineFolder, machineFolder } from './adapters/disk/machine-license-marker.ts';
import { inTurn } from './adapters/disk/in-turn.ts';
import { accountLookup } from './adapters/computer/os-account.ts';
import { ownComputer } from './adapters/computer/own-computer.ts';
import { ownDisplay } from './adapters/desktop/own-display.ts';
import { keepToOwnAccount } from './adapters/disk/own-rights.ts';
import { findSessionFolder } from './adapters/disk/session-folder.ts';
import { systemClock } from './adapters/computer/system-clock.ts';
import { systemTimer } from './adapters/computer/system-timer.ts';
import { OrderlyEnd } from './start/orderly-end.ts';
import {
  commandWords,
  hasDisplay,
  isOfCommand,
  presetProfile,
  startsInBackground,
  toldByCommand,
} from './start/command-line.ts';
import { type Console, composeConsole, type Surroundings } from './compose.ts';
import { refusedStart, type StartedBy } from './start/start-switches.ts';
import type { HeldUpStart } from './start/wait-for-command.ts';
import { setApplicationMenu } from './desktop/window/application-menu.ts';
import { declareConsoleScheme } from './desktop/window/console-scheme.ts';
import { denyByDefault } from './desktop/authorization-pane/deny-by-default.ts';

// Closing the terminal that started the console must not end the console.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

allIsLoaded();

const command = commandWords(process.argv, app.isPackaged);
let userData = '';
let sessionFolder = '';
let isOpenToOthers = false;
begin().catch(cannotStart);

/** Does everything before `app` is ready. Its errors must be caught, or they would end in Electron's dialog or be lost. */
async function begin(): Promise<void> {
  userData = app.getPath('userData');
  // Must come before anything is created on disk.
  isOpenToOthers = !keepToOwnAccount(userData);
  const refusal = mayRefuse() ? refusedStart(process.argv, startedBy()) : undefined;
  if (refusal) return refuseStart(refusal);
  declareConsoleScheme();
  denyByDefault();
  // Must come before `app` is ready, or Electron first makes its default menu.
  setApplicationMenu();
  sessionFolder = findSessionFolder(userData);
  if (sessionFolder !== userData) app.setPath('userData', sessionFolder);
  if (command) return (await import('./start/terminal-start.ts')).startInTerminal(command, compose);
  if (takePlace({ display: ownDisplay() })) return start();
  return (await import('./start/wait-for-command.ts')).waitForCommand(heldUpStart());
}

function startedBy(): StartedBy {
  const { platform, env } = process;
  return { platform, env, isRoot: process.getuid?.() === 0 };
}

/** A console that is not packaged, or a test build, accepts all switches, so that it can be debugged. */
function mayRefuse(): boolean {
  return app.isPackaged && import.meta.env.MODE !== 'test';
}

function start(): void {
  let console: Console | null = null;
  const end = new OrderlyEnd(
    async () => console?.close(),
    () => app.exit(),
  );
  app.on('second-instance', (_event, argv, _folder, told) => {
    if (isOfCommand(told)) return;
    // This console has no display, but the new start has one. Quit, so that the new start can take over and show a window.
    if (ownDisplay() === null && hasDisplay(told)) app.quit();
    else if (!startsInBackground(argv)) console?.show();
  });
  app.on('activate', () => console?.show());
  // Keeps Electron from quitting: the console decides what closing the window does.
  app.on('window-all-closed', () => {});
  app.on('before-quit', () => console?.beforeQuit());
  app.on('will-quit', (event) => {
    if (console) end.willQuit(event);
  });
  void app
    .whenReady()
    .then(async () => {
      // Windows shows notifications only of apps that name their installation. This is the ID that the installer uses.
      if (process.platform === 'win32') app.setAppUserModelId('com.fusion-pos.license-console');
      const preset = presetProfile(process.argv);
      if (!preset.ok) process.stderr.write(`${preset.failure.detail}\n`);
      console = await compose(preset.ok ? preset.value : null);
      if (startsInBackground(process.argv)) console.runInBackground();
      else console.show();
    })
    .catch(cannotStart);
}

/**
 * Requests the single-instance lock. Only the process that holds it is the console of the folder. If another process holds it,
 * that process gets `additional`.
 */
function takePlace(additional: Record<string, unknown>): boolean {
  return inTurn(sessionFolder, () => app.requestSingleInstanceLock(additional));
}

function heldUpStart(): HeldUpStart {
  return {
    isInBackground: startsInBackground(process.argv),
    display: ownDisplay(),
    folder: sessionFolder,
    clock: systemClock,
    timer: systemTimer,
    takePlace: (quietly) => takePlace(quietly ? toldByCommand : { display: ownDisplay() }),
    start,
    quit: () => app.quit(),
    log: (event, fields) => logIfPossible(logFile(userData), systemClock.wallNow(), event, fields),
    refuse: (title, body) => {
      process.stderr.write(`${title}. ${body}\n`);
      if (startsInBackground(process.argv)) return app.exit(1);
      void app.whenReady().then(() => {
        dialog.showErrorBox(title, body);
        app.exit(1);
      });
    },
  };
}

async function compose(preset: ProfileSettings | null): Promise<Console> {
  const paths = {
    userData,
    sessionFolder,
    readOnly: sessionFolder !== userData,
    isOpenToOthers,
    machineFolder: sharedFolder(),
    preload: join(import.meta.dirname, '../preload/preload.cjs'),
    renderer: join(import.meta.dirname, '../renderer'),
    administratorNotice: administratorNotice(),
  };
  return composeConsole(await surroundings(), paths, preset);
}

/** A test build shares no folder with other accounts, unless the test names one. The test then also plays the other accounts. */
function sharedFolder(): MachineFolder | null {
  const { platform, env } = process;
  if (import.meta.env.MODE !== 'test')
    return { path: machineFolder(platform, env), accountOf: accountLookup(platform) };
  const path = env['FLC_TEST_MACHINE_FOLDER'];
  return path ? { path, accountOf: null } : null;
}

/** In a test build the machine-wide file can be in a folder of the test, owned by the account that runs the test. */
function administratorNotice(): AdministratorNoticePlace {
  const folder = import.meta.env.MODE === 'test' ? process.env['FLC_TEST_MACHINE_FOLDER'] : undefined;
  if (folder) return { file: join(folder, 'notify.json'), owner: process.getuid?.() ?? 0 };
  return { file: administratorNoticeFile(process.platform, process.env), owner: 0 };
}

/** In a test build the clock can be moved, the computer's ID set, and the console killed at a chosen moment. Not in a released build. */
async function surroundings(): Promise<Surroundings> {
  const processNamed = (name: string) => join(import.meta.dirname, `${name}.js`);
  const plain = {
    clock: systemClock,
    computer: ownComputer(),
    secretStoreProcess: processNamed('secret-store-process'),
  };
  if (import.meta.env.MODE !== 'test') return plain;
  const { createTestClock } = await import('./adapters/test-clock.ts');
  const clock = createTestClock(systemClock, Number(process.env['FLC_TEST_CLOCK_OFFSET_MS'] ?? 0));
  const name = process.env['FLC_TEST_COMPUTER'];
  const computer = name ? () => Promise.resolve({ id: name, name }) : plain.computer;
  const folder = process.env['FLC_TEST_KILL_FOLDER'];
  if (!folder) return { ...plain, clock, computer };
  const { KillPoints, watchPorts } = await import('./adapters/test-kill-points.ts');
  const points = new KillPoints(folder, process.pid);
  process.env['FLC_TEST_MAIN_PID'] = String(process.pid);
  const secretStoreProcess = processNamed('test-secret-store-process');
  return { clock, computer, secretStoreProcess, watch: (ports) => watchPorts(ports, points) };
}
