import type { Failure } from '../src-shared/result.ts';
import { words } from '../src-shared/words/words.ts';
import { terminalWords } from '../src-shared/words/terminal-words.ts';
import { channelFileTrouble, isRunning, readChannelFile } from './adapters/command-channel/command-channel-file.ts';
import type { Clock } from './ports/clock.ts';
import type { Timer } from './ports/timer.ts';

/** A start that has found another process in the console's place. */
export interface HeldUpStart {
  /** No person waits for it. */
  readonly isInBackground: boolean;
  /** Where its window would open; null where it has no display. */
  readonly display: string | null;
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
  log(event: string, fields: Failure['facts']): void;
  /** It says why it does not start, and ends. */
  refuse(title: string, body: string): void;
}

/** A person who wants the window waits this long. A process that has just taken, or is leaving, the console's place says nothing as long. */
const patienceMs = 10_000;
const lookAgainMs = 250;
/** A service beside somebody's window looks this seldom whether the window's console has ended. */
const lookSeldomMs = 60_000;

/**
 * Who has the console's place, as this start sees it: `console` shows its window on this start's display, or needs none;
 * `console_elsewhere` has another display, or this start has none; `console_without_display` gives its place to a start that
 * has one; null where nobody says.
 */
type Holder = 'command' | 'console' | 'console_elsewhere' | 'console_without_display' | null;

/**
 * Another process has the console's place. Where that is a console that shows its window here, it was told of this start: this
 * one ends. A console without a display, a command of the terminal and a console that is ending are waited for: by a person as
 * long as that is bearable, after which a box says why there is no window; by a start without a window as long as a command
 * takes. A service without a display waits for the end of a console that has one.
 */
export async function waitForCommand(held: HeldUpStart): Promise<void> {
  const { isInBackground, clock, timer } = held;
  const begunMs = clock.monotonicNow();
  let by = holderOf(held);
  if (by === 'console') return held.quit();
  while (clock.monotonicNow() - begunMs < longestWaitMs(by, held)) {
    const pauseMs = by === 'console_elsewhere' ? lookSeldomMs : lookAgainMs;
    await new Promise<void>((resolve) => void timer.schedule(pauseMs, resolve));
    if (held.takePlace(true)) return held.start();
    by = holderOf(held);
  }
  // A console that came meanwhile has not been told yet that its window is wanted.
  if (by === 'console' && held.takePlace(isInBackground)) return held.start();
  // A start without a window is not needed beside a console; where nobody has said that there is one, it ends in words too.
  if (by === 'console' || (isInBackground && by !== null)) return held.quit();
  const trouble = by === null ? channelFileTrouble(held.folder) : null;
  if (trouble) held.log(trouble.code, trouble.facts);
  const { title, body } = terminalWords.noWindow[by ?? (trouble ? 'nobody_can_be_asked' : 'nobody_answers')];
  held.refuse(title, trouble ? `${body} ${words.failureWords(trouble).meaning}` : body);
}

function longestWaitMs(by: Holder, { isInBackground, display }: HeldUpStart): number {
  switch (by) {
    case 'console':
      return 0;
    case 'console_elsewhere':
      return isInBackground && display === null ? Number.POSITIVE_INFINITY : 0;
    case 'command':
      return isInBackground ? Number.POSITIVE_INFINITY : patienceMs;
    case 'console_without_display':
    case null:
      return patienceMs;
  }
}

function holderOf({ folder, display }: HeldUpStart): Holder {
  const document = readChannelFile(folder);
  if (!document || !isRunning(document.pid)) return null;
  if (document.servedBy === 'command') return 'command';
  if (document.display === undefined || document.display === display) return 'console';
  return document.display === null ? 'console_without_display' : 'console_elsewhere';
}
