import { writeSync } from 'node:fs';
import { app, dialog } from 'electron';
import { logAtOnce, logFile } from '../adapters/disk/file-log.ts';
import { stackOf, thrownText } from '../adapters/disk/structured-log.ts';
import { ownDisplay } from '../adapters/desktop/own-display.ts';
import { systemTimer } from '../adapters/computer/system-timer.ts';
import type { LogFields } from '../ports/log.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { commandWords } from './command-line.ts';
import { noteUncaught } from './crash-log.ts';
import { endFailedStart } from './failed-start.ts';
import type { RefusedStart } from './start-switches.ts';

let isLoaded = false;

/**
 * Called when the modules of the start are loaded. From then on the console continues after an uncaught error, which is on standard error and in the
 * log.
 */
export function allIsLoaded(): void {
  isLoaded = true;
}

/**
 * By default Electron shows a dialog that blocks everything, including refreshes. This module is loaded first, so that an error
 * while the other modules load also ends the start with an explanation.
 */
process.on('uncaughtException', (thrown) => {
  if (isLoaded) noteUncaught('uncaught_exception', thrown);
  else cannotStart(thrown);
});

/** Ends a start that failed with an error. */
export function cannotStart(thrown: unknown): void {
  endStart(failure('console_not_started'), thrownText(thrown), { stack: stackOf(thrown) });
}

/**
 * Ends a start that is refused. It first removes the switches and variables, since the box with the reason needs Chromium, and Chromium
 * must not start with them.
 */
export function refuseStart({ failure: refused, names }: RefusedStart): void {
  for (const name of names) {
    app.commandLine.removeSwitch(name.replace(/^(?:--?|\/)/, '').toLowerCase());
    delete process.env[name];
  }
  failStart(refused);
}

/** Ends a start that cannot continue, with words for the failure. */
export function failStart(failed: Failure): void {
  endStart(failed, '', {});
}

function endStart(failed: Failure, thrown: string, fields: LogFields): void {
  void endFailedStart({
    hasScreen: commandWords(process.argv, app.isPackaged) === null && ownDisplay() !== null,
    timer: systemTimer,
    failure: failed,
    thrown,
    writeError: (text) => writeSync(process.stderr.fd, text),
    writeLog: (code, facts) => logAtOnce(logFile(app.getPath('userData')), 'error', code, { ...facts, ...fields }),
    leavePlace: () => app.releaseSingleInstanceLock(),
    ready: () => app.whenReady(),
    showBox: (title, body) => dialog.showErrorBox(title, body),
    exit: (code) => app.exit(code),
  });
}
