import { type FailureCode, isFailureCode } from '../../../src-shared/failure-codes.ts';
import { failure } from '../../../src-shared/result.ts';
import { diagnosticsWords } from '../../../src-shared/words/diagnostics-words.ts';
import { words } from '../../../src-shared/words/words.ts';
import type { DiagnosticsPart } from '../diagnostics-part.ts';

interface Seen {
  times: number;
  firstAt: number;
  lastAt: number;
}

/** The failure codes that the earlier parts found, the most recent first. */
export const failures: DiagnosticsPart = {
  kind: 'failures',
  name: 'failure-codes.txt',
  async gather({ found }) {
    const seen = new Map<FailureCode, Seen>();
    for (const { entries } of found.histories)
      for (const { at, event } of entries) if ('code' in event && event.code) note(seen, event.code, at);
    for (const line of found.logs) noteLine(seen, line);
    const latestFirst = [...seen].toSorted(([, one], [, other]) => other.lastAt - one.lastAt);
    const lines = latestFirst.map(([code, { times, firstAt, lastAt }]) => {
      const { headline } = words.failureWords(failure(code));
      return diagnosticsWords.failureLine(code, times, words.dates.exact(firstAt), words.dates.exact(lastAt), headline);
    });
    return [{ name: 'failure-codes.txt', lines: lines.length > 0 ? lines : [diagnosticsWords.none] }];
  },
};

/** The first line of a step has no code yet, so each failure counts once. The line of a failed start has its code as the event. */
function noteLine(seen: Map<FailureCode, Seen>, line: string): void {
  try {
    const { event, code = event, time } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
    if (typeof code === 'string' && isFailureCode(code) && Number.isFinite(at)) note(seen, code, at);
  } catch {
    // Not a line of the console.
  }
}

function note(seen: Map<FailureCode, Seen>, code: FailureCode, at: number): void {
  const known = seen.get(code) ?? { times: 0, firstAt: at, lastAt: at };
  seen.set(code, {
    times: known.times + 1,
    firstAt: Math.min(known.firstAt, at),
    lastAt: Math.max(known.lastAt, at),
  });
}
