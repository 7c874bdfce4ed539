import type { Failure } from '../src-shared/result.ts';
import { words } from '../src-shared/words/words.ts';
import { exitCodeOf } from './commands/exit-codes.ts';
import type { Timer } from './ports/timer.ts';

/** What a start that cannot go on says it with. Each of these may fail too. */
export interface LastWords {
  /** A person looks at a screen, and asked for a window. */
  readonly hasScreen: boolean;
  readonly timer: Timer;
  readonly failure: Failure;
  /** What was thrown, as it may be shown; '' where nothing was. */
  readonly thrown: string;
  writeError(text: string): void;
  writeLog(code: string, fields: Readonly<Record<string, string>>): void;
  /** Leaves the console's place to the next start. */
  leavePlace(): void;
  /** Resolves when a box can be shown. */
  ready(): Promise<unknown>;
  /** Returns when the person has closed it. */
  showBox(title: string, body: string): void;
  exit(code: number): void;
}

/** Where the runtime itself does not come to be ready, nobody is kept waiting for a box. */
const longestWaitMs = 10_000;

/**
 * Ends a start that cannot go on: in words on standard error, in a line of the log, in a box where a person can see one, and with
 * an exit code. A console that only stayed would hold off every later start without anybody seeing why.
 */
export async function endFailedStart(last: LastWords): Promise<void> {
  const { failure: failed, thrown } = last;
  const { headline, meaning } = words.failureWords(failed);
  const before = thrown === '' ? '' : `${thrown}\n`;
  attempt(() => last.writeError(`${before}${headline}. ${meaning} (${failed.code})\n`));
  attempt(() => last.writeLog(failed.code, { ...failed.facts, ...(thrown === '' ? {} : { error: thrown }) }));
  attempt(() => last.leavePlace());
  if (last.hasScreen && (await isReadySoon(last)))
    attempt(() => last.showBox(headline, `${meaning}\n\n${words.frame.failureCode} ${failed.code}`));
  last.exit(exitCodeOf(failed));
}

function isReadySoon(last: LastWords): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = last.timer.schedule(longestWaitMs, () => resolve(false));
    const settle = (isReady: boolean) => {
      cancel();
      resolve(isReady);
    };
    Promise.resolve()
      .then(() => last.ready())
      .then(
        () => settle(true),
        () => settle(false),
      );
  });
}

function attempt(say: () => void): void {
  try {
    say();
  } catch {
    // What is left is tried all the same.
  }
}
