import { app, dialog } from 'electron';
import { failure } from '../../src-shared/result.ts';
import type { ProfileSettings } from '../../src-shared/servers/server-profile.ts';
import { logFile, logIfPossible } from '../adapters/disk/file-log.ts';
import { isRunning } from '../adapters/computer/running-process.ts';
import { lockHolder } from '../adapters/disk/lock-holder.ts';
import { runExclusively } from '../adapters/disk/run-exclusively.ts';
import { ownDisplay } from '../adapters/desktop/own-display.ts';
import { keepToOwnAccount } from '../adapters/disk/own-rights.ts';
import { findSessionFolder, useWritableTemporaryFolder } from '../adapters/disk/session-folder.ts';
import { systemClock } from '../adapters/computer/system-clock.ts';
import { systemTimer } from '../adapters/computer/system-timer.ts';
import { denyByDefault } from '../desktop/authorization-pane/limits/deny-by-default.ts';
import { setApplicationMenu } from '../desktop/window/application-menu.ts';
import { declareConsoleScheme } from '../desktop/window/console-scheme.ts';
import { allIsLoaded, cannotStart, failStart, refuseStart } from './cannot-start.ts';
import {
  commandWords,
  hasDisplay,
  isFromCommand,
  presetProfile,
  startsInBackground,
  commandLockData,
} from './command-line.ts';
import { logCrashes } from './crash-log.ts';
import { OrderlyEnd } from './orderly-end.ts';
import { refusedStart, type StartedBy } from './start-switches.ts';
import type { ConsoleInPlace } from './terminal-start.ts';
import type { BlockedStart } from './wait-for-holder.ts';

/** The console as the process of a window or of the background runs it. */
interface StartedConsole extends ConsoleInPlace {
  show(): void;
  runInBackground(): void;
  beforeQuit(): void;
}

/** The folders of this start. */
interface StartFolders {
  readonly userData: string;
  /** Where Electron keeps its lock: `userData`, or another folder if `userData` cannot be written. */
  readonly sessionFolder: string;
  readonly readOnly: boolean;
  /** True if other accounts of this computer can read the files in `userData`. */
  readonly isOpenToOthers: boolean;
}

/** What the entry of a build decides. */
interface ConsoleBuild {
  /** False if the console accepts all switches, so that it can be debugged. */
  readonly refusesSwitches: boolean;
  /** Called when `app` is ready. `preset`: a first server profile from the command line. Rejects if a module cannot be loaded. */
  compose(folders: StartFolders, preset: ProfileSettings | null): Promise<StartedConsole>;
}

/** Starts the console: its window, the background, or a command of the terminal. Call it when the modules of the start are loaded. */
export function startConsole(build: ConsoleBuild): void {
  // Closing the terminal that started the console must not end the console.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  allIsLoaded();
  logCrashes();
  begin(build).catch(cannotStart);
}

/** Does everything before `app` is ready. Its errors must be caught, or they would end in Electron's dialog or be lost. */
async function begin(build: ConsoleBuild): Promise<void> {
  const userData = app.getPath('userData');
  // Must come before anything is created on disk.
  const isOpenToOthers = !keepToOwnAccount(userData);
  const refusal = build.refusesSwitches ? refusedStart(process.argv, startedBy()) : undefined;
  if (refusal) return refuseStart(refusal);
  declareConsoleScheme();
  denyByDefault();
  // Must come before `app` is ready, or Electron first makes its default menu.
  setApplicationMenu();
  useWritableTemporaryFolder(userData);
  const sessionFolder = findSessionFolder(userData);
  const command = commandWords(process.argv, app.isPackaged);
  if (sessionFolder === null) {
    const trouble = failure('no_folder_writable', { facts: { folder: userData } });
    // The diagnostics can still be saved in another folder.
    if (command?.[0] !== 'diagnose') return failStart(trouble);
    return (await import('./terminal-start.ts')).failInTerminal(command, trouble);
  }
  const readOnly = sessionFolder !== userData;
  if (readOnly) app.setPath('userData', sessionFolder);
  const compose = (preset: ProfileSettings | null) =>
    build.compose({ userData, sessionFolder, readOnly, isOpenToOthers }, preset);
  if (command) return (await import('./terminal-start.ts')).startInTerminal(command, compose);
  const start = () => runConsole(compose);
  const before = lockHolder(sessionFolder);
  const isHeld = before !== null && isRunning(before);
  if (takeLock(sessionFolder, { display: ownDisplay() })) {
    // It ended just now, or it did not answer for 20 seconds: then Chromium has killed it.
    if (isHeld) logIfPossible(logFile(userData), 'warn', 'lock_taken_over', { from: before });
    return start();
  }
  return (await import('./wait-for-holder.ts')).waitForHolder(blockedStart(userData, sessionFolder, start));
}

function startedBy(): StartedBy {
  const { platform, env } = process;
  return { platform, env, isRoot: process.getuid?.() === 0 };
}

function runConsole(compose: (preset: ProfileSettings | null) => Promise<StartedConsole>): void {
  let console: StartedConsole | null = null;
  // Another start may ask for the window before this console is composed.
  let isWanted = !startsInBackground(process.argv);
  const end = new OrderlyEnd(
    async () => console?.close(),
    () => app.exit(),
  );
  app.on('second-instance', (_event, argv, _folder, lockData) => {
    if (isFromCommand(lockData)) return;
    // This console has no display, but the new start has one. Quit, so that the new start can take over and show a window.
    if (ownDisplay() === null && hasDisplay(lockData)) app.quit();
    else if (!startsInBackground(argv)) {
      isWanted = true;
      console?.show();
    }
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
      if (isWanted) console.show();
      else console.runInBackground();
    })
    .catch(cannotStart);
}

/**
 * Requests the single-instance lock. Only the process that holds it is the console of the folder. If another process holds it,
 * that process gets `additional`.
 */
function takeLock(folder: string, additional: Record<string, unknown>): boolean {
  return runExclusively(folder, () => app.requestSingleInstanceLock(additional));
}

function blockedStart(userData: string, folder: string, start: () => void): BlockedStart {
  return {
    isInBackground: startsInBackground(process.argv),
    display: ownDisplay(),
    folder,
    clock: systemClock,
    timer: systemTimer,
    takeLock: (quietly) => takeLock(folder, quietly ? commandLockData : { display: ownDisplay() }),
    start,
    quit: () => app.quit(),
    log: (event, fields) => logIfPossible(logFile(userData), 'warn', event, fields ?? {}),
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
