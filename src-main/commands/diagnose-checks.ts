import type { CheckResult } from '../../src-shared/support/preflight.ts';
import { present } from '../../src-shared/present.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { terminalWords } from '../../src-shared/words/terminal-words.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { LicensedServer } from '../servers/licensed-server.ts';
import { ofServer, serverOption } from './chosen-servers.ts';
import type { CommandServices } from './command-services.ts';
import { wrapped } from './terminal-text.ts';

/** The remedy for these is to run `diagnose`, so its own output does not suggest it. */
const answeredHere: ReadonlySet<Failure['remedy']> = new Set(['check_connection', 'copy_for_support']);

/** The next step in the words of the terminal. Null if there is none. */
export function nextStepOf(
  { check, failure: found, advice }: CheckResult,
  services: CommandServices,
  server: LicensedServer | null,
): string | null {
  const option = server ? serverOption(services, server) : '';
  if (advice) return terminalWords.diagnose.advice[advice](option);
  if (found?.facts?.['command']) return terminalWords.diagnose.run(found.facts['command']);
  if (!found || answeredHere.has(found.remedy)) return null;
  const { remedy, facts } = server ? ofServer(services, server, found, check === 'refreshing' ? 'refresh' : '') : found;
  return terminalWords.nextStep(remedy, facts);
}

export function checkLines(
  { check, state, says, fixer }: CheckResult,
  next: string | null,
  width: number,
): readonly string[] {
  const { marks } = terminalWords.diagnose;
  const { labels } = preflightWords;
  const markWidth = Math.max(...Object.values(marks).map(({ length }) => length));
  const labelWidth = Math.max(...Object.values(labels).map(({ length }) => length));
  const lead = `  ${marks[state].padEnd(markWidth)}  ${labels[check].padEnd(labelWidth)}  `;
  const [first = '', ...others] = [...says, ...preflightWords.whoFixes(fixer, says), ...(next ? [next] : [])];
  const indent = ' '.repeat(lead.length);
  return [...wrapped(first, width, lead), ...others.flatMap((text) => wrapped(text, width, indent))];
}

export function checkDocument({ check, state, says, failure, fixer }: CheckResult, next: string | null) {
  return present({
    check,
    state,
    says: says.join(' '),
    next: next ?? undefined,
    code: failure?.code,
    fixed_by: fixer,
  });
}
