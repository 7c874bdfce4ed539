import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { channelFileTrouble, readChannelFile } from '../adapters/command-channel/command-channel-file.ts';
import { isRunning } from '../adapters/computer/running-process.ts';
import { lockHolder } from '../adapters/disk/lock-holder.ts';
import { lockObstacle } from '../adapters/disk/lock-obstacle.ts';
import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';

/** A start that has found the single-instance lock held by another process (the holder). */
export interface BlockedStart {
  /** True if no person waits for the window. */
  readonly isInBackground: boolean;
  /** The display on which its window would open. Null if it has none. */
  readonly display: string | null;
  /** The folder in which the holder describes itself in the channel file. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'monotonicNow'>;
  readonly timer: Timer;
  /** Takes the lock if it is free. Otherwise the holder shows its window, unless `quietly` is true. */
  takeLock(quietly: boolean): boolean;
  /** Starts the console. Called once the lock is taken. */
  start(): void;
  /** Ends this start, since it is not needed. */
  quit(): void;
  log(event: string, fields: Failure['facts']): void;
  /** Reports why the console does not start, and ends this start. */
  refuse(title: string, body: string): void;
}

/** How long a person waits for the window, and how long any start waits for an unknown holder, which may be starting or ending. */
const patienceMs = 10_000;
const lookAgainMs = 250;
/** How often a background start without a display checks whether a console with a display has ended. */
const lookSeldomMs = 60_000;

/**
 * The holder, as this start sees it. `command`: a terminal command. `console`: a console with the same display as this start (both
 * may have none), or a console of an earlier version. `console_elsewhere`: a console with a display, but not this start's.
 * `console_without_display`: a console that ends in favour of a start with a display. Null: the holder is unknown.
 */
type Holder = 'command' | 'console' | 'console_elsewhere' | 'console_without_display' | null;

/**
 * Waits for the holder, or ends this start. If there is no holder because a file or folder lies in the place of the lock, a dialog
 * names that at once. A holder that is a console on the same display has already been informed, so this start
 * ends. Otherwise this waits for a console without a display, a terminal command, or a console that is ending. If a person waits
 * for the window, this takes at most ten seconds, and then a dialog says why none opens. A background start waits as long as a
 * command takes. A background start without a display also waits until a console that has one ends.
 */
export async function waitForHolder(held: BlockedStart): Promise<void> {
  const { isInBackground, clock, timer } = held;
  const begunMs = clock.monotonicNow();
  let by = holderOf(held);
  if (by === 'console') return held.quit();
  // Waiting would not remove it.
  const obstacle = by === null ? lockObstacle(held.folder) : null;
  if (obstacle !== null) {
    held.log(obstacle.code, obstacle.facts);
    const { headline, meaning } = words.failureWords(obstacle);
    return held.refuse(headline, `${meaning} ${words.support.saveInTerminal}`);
  }
  while (clock.monotonicNow() - begunMs < longestWaitMs(by, held)) {
    const pauseMs = by === 'console_elsewhere' ? lookSeldomMs : lookAgainMs;
    await new Promise<void>((resolve) => void timer.schedule(pauseMs, resolve));
    if (held.takeLock(true)) return held.start();
    by = holderOf(held);
  }
  // A console that started meanwhile does not know yet that its window is wanted.
  if (by === 'console' && held.takeLock(isInBackground)) return held.start();
  // A background start is not needed if a console runs. If the holder is unknown, it ends with an explanation instead.
  if (by === 'console' || (isInBackground && by !== null)) return held.quit();
  const trouble = by === null ? channelFileTrouble(held.folder) : null;
  if (trouble) held.log(trouble.code, trouble.facts);
  const { saveInTerminal } = words.support;
  const { nobody_answers: silent, nobody_can_be_asked: unknown, ...known } = terminalWords.noWindow;
  if (by !== null) held.refuse(known[by].title, known[by].body);
  else if (trouble)
    held.refuse(unknown.title, [unknown.body, words.failureWords(trouble).meaning, saveInTerminal].join(' '));
  else {
    const process = lockHolder(held.folder);
    held.log('console_not_answering', process === null ? {} : { process: String(process) });
    held.refuse(silent.title, `${silent.body(process)} ${saveInTerminal}`);
  }
}

function longestWaitMs(by: Holder, { isInBackground, display }: BlockedStart): number {
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

function holderOf({ folder, display }: BlockedStart): Holder {
  const document = readChannelFile(folder);
  if (!document || !isRunning(document.pid)) return null;
  if (document.servedBy === 'command') return 'command';
  if (document.display === undefined || document.display === display) return 'console';
  return document.display === null ? 'console_without_display' : 'console_elsewhere';
}
