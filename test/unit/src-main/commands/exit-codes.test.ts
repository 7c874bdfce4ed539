import { describe, expect, test } from 'vitest';
import { exitCodeOf, exitCodes, worstOf } from '../../../../src-main/commands/exit-codes.ts';
import { failureCodes } from '../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../src-shared/result.ts';
import { terminalWords } from '../../../../src-shared/words/terminal-words.ts';

describe('the exit code', () => {
  const known = Object.values(exitCodes) as number[];

  test(`of each of ${failureCodes.length} failures is known and not 0`, () => {
    for (const code of failureCodes) {
      expect(known, code).toContain(exitCodeOf(failure(code)));
      expect(exitCodeOf(failure(code)), code).not.toBe(0);
    }
  });

  test.each([
    ['not_licensed', 3],
    ['invalid_grant', 4],
    ['secret_store_locked', 4],
    ['access_denied', 5],
    ['wrong_device', 7],
    ['device_not_accepted', 7],
    ['license_not_accepted_yet', 7],
    ['network_unreachable', 6],
    ['expired_token', 1],
    ['console_not_answering', 1],
    ['console_ended', 1],
    ['server_unknown', 2],
    ['command_cancelled', 130],
  ] as const)('of %s is %d', (code, exitCode) => {
    expect(exitCodeOf(failure(code))).toBe(exitCode);
  });

  test('of several servers is the most urgent one', () => {
    expect(worstOf([])).toBe(0);
    expect(worstOf([0, 6, 0])).toBe(6);
    expect(worstOf([6, 4, 3])).toBe(4);
    expect(worstOf([0, 3])).toBe(3);
    expect(worstOf([6, 130])).toBe(130);
  });

  test('is explained by the help', () => {
    expect(terminalWords.help.exitCodeMeanings.map(([code]) => code)).toEqual(known);
  });
});
