import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { exitCodeOf, exitCodes } from '../commands/exit-codes.ts';
import type { Timer } from '../ports/timer.ts';
import { withinLimit } from '../time/within-limit.ts';

/** The means of a failed start to report its failure. Each of them may fail too. */
export interface LastWords {
  /** True if there is a display and the person wants the window. */
  readonly hasScreen: boolean;
  readonly timer: Timer;
  readonly failure: Failure;
  /** The text of a thrown error, with secrets removed. Empty if nothing was thrown. */
  readonly thrown: string;
  writeError(text: string): void;
  writeLog(code: string, facts: Failure['facts']): void;
  /** Releases the single-instance lock for the next start. */
  leavePlace(): void;
  /** Resolves when a box can be shown. */
  ready(): Promise<unknown>;
  /** Returns when the person has closed the box. */
  showBox(title: string, body: string): void;
  exit(code: number): void;
}

/** How long to wait for Electron to become ready for a box. After that the start ends without it. */
const readyTimeoutMs = 10_000;

/**
 * Ends a failed start. Reports the failure on standard error, in the log, in a box if there is a screen, and by the exit code. A
 * console that stayed instead would block every later start for no visible reason.
 */
export async function endFailedStart(last: LastWords): Promise<void> {
  const { failure: failed, thrown } = last;
  const { headline, meaning } = words.failureWords(failed);
  // For a wrong command line, nobody needs support.
  const more = exitCodeOf(failed) === exitCodes.usage ? '' : words.support.saveInTerminal;
  const before = thrown === '' ? '' : `${thrown}\n`;
  attempt(() =>
    last.writeError(
      `${before}${words.inSentences({ headline, meaning })} (${failed.code})\n${more === '' ? '' : `${more}\n`}`,
    ),
  );
  attempt(() => last.writeLog(failed.code, failed.facts));
  attempt(() => last.leavePlace());
  if (last.hasScreen && (await isReadySoon(last)))
    attempt(() =>
      last.showBox(
        headline,
        `${meaning}\n\n${more === '' ? '' : `${more}\n\n`}${words.frame.failureCode} ${failed.code}`,
      ),
    );
  last.exit(exitCodeOf(failed));
}

function isReadySoon(last: LastWords): Promise<boolean> {
  const ready = Promise.resolve()
    .then(() => last.ready())
    .then(
      () => true,
      () => false,
    );
  return withinLimit(last.timer, readyTimeoutMs, ready, false);
}

function attempt(say: () => void): void {
  try {
    say();
  } catch {
    // The caller continues with the next step.
  }
}
