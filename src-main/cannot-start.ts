import { writeSync } from 'node:fs';
import { app, dialog } from 'electron';
import { logAtOnce, logFile, thrownText } from './adapters/file-log.ts';
import { ownDisplay } from './adapters/own-display.ts';
import { systemClock } from './adapters/system-clock.ts';
import { systemTimer } from './adapters/system-timer.ts';
import { commandWords } from './command-line.ts';
import { endFailedStart } from './failed-start.ts';

let isLoaded = false;

/** The start has loaded everything: from now on an uncaught error is only written to standard error, and the console goes on. */
export function allIsLoaded(): void {
  isLoaded = true;
}

/**
 * Electron's own answer is a dialog in which everything stands still, refreshing too. This module is loaded first, so that an error
 * while the others are loaded ends the start in words as well.
 */
process.on('uncaughtException', (thrown) => {
  if (isLoaded) process.stderr.write(`${thrownText(thrown)}\n`);
  else cannotStart(thrown);
});

/** Ends a start that cannot go on, in words. */
export function cannotStart(thrown: unknown): void {
  void endFailedStart({
    hasScreen: commandWords(process.argv, app.isPackaged) === null && ownDisplay() !== null,
    timer: systemTimer,
    thrown: thrownText(thrown),
    writeError: (text) => writeSync(process.stderr.fd, text),
    writeLog: (code, error) => logAtOnce(logFile(app.getPath('userData')), systemClock.wallNow(), code, { error }),
    leavePlace: () => app.releaseSingleInstanceLock(),
    ready: () => app.whenReady(),
    showBox: (title, body) => dialog.showErrorBox(title, body),
    exit: (code) => app.exit(code),
  });
}
