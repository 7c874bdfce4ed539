import { terminalWords } from '../src-shared/words/terminal-words.ts';
import { isRunning, readChannelFile, type ServedBy } from './adapters/command-channel/command-channel-file.ts';
import type { Clock } from './ports/clock.ts';
import type { Timer } from './ports/timer.ts';

/** A start that has found another process in the console's place. */
export interface HeldUpStart {
  /** No person waits for it. */
  readonly isInBackground: boolean;
  /** Where whoever has the console's place says what it is. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'monotonicNow'>;
  readonly timer: Timer;
  /** Takes the console's place where it is free. Who has it shows its window, unless it is asked `quietly`. */
  takePlace(quietly: boolean): boolean;
  /** It has the console's place: it goes on as any start. */
  start(): void;
  /** It is not needed. */
  quit(): void;
  /** It says why there is no window, and ends. */
  refuse(title: string, body: string): void;
}

/** A person who wants the window waits this long. Whoever has just taken, or is leaving, the console's place says nothing as long. */
const patienceMs = 10_000;
const lookAgainMs = 250;

/**
 * Another process has the console's place. Where that is a console, it was told of this start and shows itself: this one ends.
 * Where it is a command of the terminal, or a console that is ending, this one waits until it has ended, and then starts: a
 * person as long as that is bearable, after which a box says why there is no window; a start without a window as long as a
 * command takes.
 */
export async function waitForCommand(held: HeldUpStart): Promise<void> {
  const { isInBackground, folder, clock, timer } = held;
  const givesUpMs = clock.monotonicNow() + patienceMs;
  let by = servedBy(folder);
  if (by === 'console') return held.quit();
  const mayWait = () => clock.monotonicNow() < givesUpMs || (isInBackground && by === 'command');
  while (by !== 'console' && mayWait()) {
    await new Promise<void>((resolve) => void timer.schedule(lookAgainMs, resolve));
    if (held.takePlace(true)) return held.start();
    by = servedBy(folder);
  }
  if (by === 'command') return held.refuse(terminalWords.working.windowTitle, terminalWords.working.windowBody);
  // A console that came meanwhile has not been told yet that its window is wanted.
  return held.takePlace(isInBackground) ? held.start() : held.quit();
}

function servedBy(folder: string): ServedBy | null {
  const document = readChannelFile(folder);
  return document && isRunning(document.pid) ? document.servedBy : null;
}
