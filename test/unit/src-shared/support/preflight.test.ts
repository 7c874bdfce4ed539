import { describe, expect, it } from 'vitest';
import { checkCount, checksOfComputer, checksOfServer, isWrong } from '../../../../src-shared/support/preflight.ts';

describe('the checks', () => {
  it('are those of the computer, and all of a server for each server', () => {
    expect(checkCount(0)).toBe(checksOfComputer.length);
    expect(checkCount(1)).toBe(new Set([...checksOfComputer, ...checksOfServer]).size);
    expect(checkCount(3) - checkCount(1)).toBe(2 * checksOfServer.length);
  });

  it.each([
    ['ok', false],
    ['skipped', false],
    ['attention', true],
    ['failed', true],
  ] as const)('with the result %s: something is wrong: %s', (state, wrong) => {
    expect(isWrong({ check: 'clock', state, says: [] })).toBe(wrong);
  });
});
