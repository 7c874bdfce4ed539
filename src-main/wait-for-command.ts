import { app, dialog } from 'electron';
import { terminalWords } from '../src-shared/words/terminal-words.ts';
import { isRunning, readChannelFile, type ServedBy } from './adapters/command-channel/command-channel-file.ts';

/** A command that has just taken the console's place says so within this. */
const saysSoWithinMs = 1_000;
/** A person who wants the window waits this long. */
const windowPatienceMs = 10_000;
const lookAgainMs = 250;

/**
 * Another process has the console's place. Where that is a console, it was told of this start and shows itself: this one ends.
 * Where it is a command of the terminal, this one waits until it has ended, and then calls `start`: a person as long as that is
 * bearable, after which a box says why there is no window; a start without a window as long as it takes.
 */
export async function waitForCommand(isInBackground: boolean, start: () => void): Promise<void> {
  if ((await whoRuns()) !== 'command') return app.quit();
  const givesUpMs = isInBackground ? Number.POSITIVE_INFINITY : performance.now() + windowPatienceMs;
  while (performance.now() < givesUpMs) {
    await pause();
    if (app.requestSingleInstanceLock()) return start();
    if (servedBy() === 'console') return app.quit();
  }
  await app.whenReady();
  dialog.showErrorBox(terminalWords.working.windowTitle, terminalWords.working.windowBody);
  app.exit(1);
}

async function whoRuns(): Promise<ServedBy | null> {
  const givesUpMs = performance.now() + saysSoWithinMs;
  while (servedBy() === null && performance.now() < givesUpMs) await pause();
  return servedBy();
}

function servedBy(): ServedBy | null {
  const document = readChannelFile(app.getPath('userData'));
  return document && isRunning(document.pid) ? document.servedBy : null;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, lookAgainMs));
}
