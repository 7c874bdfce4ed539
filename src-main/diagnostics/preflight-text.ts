import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import type { CheckResult, PreflightView } from '../../src-shared/support/preflight.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { failureText } from './support-text.ts';

/** The result of one check on one line, with the failure code. */
export function checkLine({ check, state, says, failure, fixer }: CheckResult): string {
  const { labels, states, whoFixes } = preflightWords;
  const code = failure ? ` [${failureText(failure)}]` : '';
  return `${labels[check]}: ${states[state]}. ${[...says, ...whoFixes(fixer, says)].join(' ')}${code}`;
}

/** The results of the checks, as the page shows them, with the failure codes. */
export function preflightText({ at, profile, about }: ConsoleState, { results }: PreflightView): string {
  return [
    `Fusion License Console ${about.version} (${about.runtime})`,
    `At: ${new Date(at).toISOString()}`,
    ...(profile ? [`Server: ${profile.serverName}`, `Authorization server: ${profile.issuer}`] : []),
    ...results.map(checkLine),
  ].join('\n');
}
