import { expect, it } from 'vitest';
import { checkingLine } from '../../../../src-renderer/failure/checking.ts';
import type { CheckResult, PreflightState } from '../../../../src-shared/support/preflight.ts';

const results: readonly CheckResult[] = [
  { check: 'clock', state: 'ok', says: [] },
  { check: 'storage', state: 'failed', says: [] },
];

it.each<[PreflightState, string]>([
  ['running', 'Checking… 2 of 7'],
  ['done', 'One thing does not work.'],
  ['cancelled', 'The check was cancelled.'],
  ['failed', 'The check ended early because of an error in the console.'],
])('a run that is %s: %s', (state, line) => {
  expect(checkingLine({ askedBy: 'person', state, results }, 7)).toBe(line);
});
