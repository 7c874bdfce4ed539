import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { exitCodeOf } from './exit-codes.ts';
import { wrapped } from './terminal-text.ts';

export type CheckState = 'ok' | 'attention' | 'failed';

/** The result of one check. */
export interface Check {
  readonly about: keyof typeof terminalWords.diagnose.labels;
  readonly state: CheckState;
  /** The result in words, and what it means. */
  readonly says: readonly string[];
  readonly next?: string | null;
  readonly code?: Failure['code'];
  readonly exitCode?: number;
}

/** The remedy for these is to run `diagnose`, so its own output does not suggest it. */
const answeredHere: ReadonlySet<Failure['remedy']> = new Set(['check_connection', 'copy_for_support']);

export function ok(about: Check['about'], says: string): Check {
  return { about, state: 'ok', says: [says] };
}

export function attention(about: Check['about'], says: readonly string[], next?: string | null): Check {
  return present({ about, state: 'attention', says, next });
}

/** A check with the words of the failure and its next step. */
export function failed(about: Check['about'], reason: Failure, state: CheckState = 'failed'): Check {
  const { headline, meaning } = words.failureWords(reason);
  const next = answeredHere.has(reason.remedy) ? null : terminalWords.nextStep(reason.remedy, reason.facts);
  return present({
    about,
    state,
    says: [`${headline}.`, meaning],
    next,
    code: reason.code,
    exitCode: exitCodeOf(reason),
  });
}

export function checkLines({ about, state, says, next }: Check, width: number): readonly string[] {
  const { labels, marks } = terminalWords.diagnose;
  const markWidth = Math.max(...Object.values(marks).map(({ length }) => length));
  const labelWidth = Math.max(...Object.values(labels).map(({ length }) => length));
  const lead = `  ${marks[state].padEnd(markWidth)}  ${labels[about].padEnd(labelWidth)}  `;
  const [first = '', ...others] = [...says, ...(next ? [next] : [])];
  const indent = ' '.repeat(lead.length);
  return [...wrapped(first, width, lead), ...others.flatMap((text) => wrapped(text, width, indent))];
}

export function checkDocument({ about, state, says, next, code }: Check) {
  return present({ check: about, state, says: says.join(' '), next: next ?? undefined, code });
}
