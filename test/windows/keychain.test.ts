import { randomBytes } from 'node:crypto';
import keytar from 'keytar';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type KeychainEntries,
  readEntries,
  removeEntries,
  writeEntries,
} from '../../src-main/adapters/keychain/keychain-entries.ts';
import { OwnProcess } from './own-process.ts';

/** Entries with a name that only this run uses, in the Credential Manager of this account. */
let service: string;
let entries: KeychainEntries;
const old = 'ü店'.repeat(900);
const fresh = 'x'.repeat(3500);

beforeEach(async () => {
  service = `Fusion License Console, test ${randomBytes(6).toString('hex')}`;
  entries = {
    getPassword: (account) => keytar.getPassword(service, account),
    setPassword: (account, password) => keytar.setPassword(service, account, password),
    deletePassword: (account) => keytar.deletePassword(service, account),
  };
  await writeEntries(entries, 'license', old);
});
afterEach(async () => {
  for (const { account } of await keytar.findCredentials(service)) await keytar.deletePassword(service, account);
});

async function inOwnProcess(changes: number, value: string): Promise<boolean> {
  const started = new OwnProcess('keychain', service, 'license', String(changes), value);
  await started.ended();
  return started.said.includes('done');
}

describe('a value in the Credential Manager', () => {
  test('is read as it was written, even by another process', async () => {
    expect(await inOwnProcess(Infinity, fresh)).toBe(true);
    expect(await readEntries(entries, 'license')).toBe(fresh);
    await removeEntries(entries, 'license');
    expect(await keytar.findCredentials(service)).toEqual([]);
  });

  // Writing a new value writes three entries, then the pointer, and then deletes three old entries.
  test.each([0, 2, 3, 4, 5])('a kill after %i changes leaves the old value or the new one', async (changes) => {
    expect(await inOwnProcess(changes, fresh)).toBe(false);
    expect(await readEntries(entries, 'license')).toBe(changes < 4 ? old : fresh);
    await writeEntries(entries, 'license', 'next');
    expect(await readEntries(entries, 'license')).toBe('next');
    expect(await keytar.findCredentials(service)).toHaveLength(2);
  });

  test.each([0, 1, 2])('a kill after %i changes of a removal leaves the value or none', async (changes) => {
    expect(await inOwnProcess(changes, '')).toBe(false);
    expect(await readEntries(entries, 'license')).toBe(changes === 0 ? old : null);
    await removeEntries(entries, 'license');
    expect(await keytar.findCredentials(service)).toEqual([]);
  });
});
