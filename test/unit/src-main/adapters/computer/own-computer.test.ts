import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { ownComputer } from '../../../../../src-main/adapters/computer/own-computer.ts';

test('this computer has the same id and its host name each time', async () => {
  const [once, again] = [await ownComputer()(), await ownComputer()()];
  expect(once).toEqual(again);
  // Some containers have no machine-id(5).
  if (once) expect(once).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/), name: hostname() });
});

test.each(['win32', 'darwin'] as const)('the computer is unknown if the program of %s is missing', async (platform) => {
  if (process.platform === platform) return;
  expect(await ownComputer(platform)()).toBeNull();
});
