import '../../fakes/without-electron.ts';
import { describe, expect, it } from 'vitest';
import {
  callLimitMs,
  KeytarSecretStore,
  secretStoreLimitMs,
  unlockLimitMs,
} from '../../../src-main/adapters/keytar-secret-store.ts';

describe('S3: a keychain process that cannot be started', () => {
  it('is a failure of each call, never a rejection, and the calls behind it have their own try', async () => {
    // Outside of Electron there is nothing that could start it.
    const secrets = new KeytarSecretStore('/nowhere/secret-store-process.js');
    const calls = await Promise.all([
      secrets.read('a'),
      secrets.write('a', 'value'),
      secrets.remove('a'),
      secrets.unlock(),
      secrets.read('a'),
    ]);
    for (const call of calls) expect(call).toMatchObject({ ok: false, failure: { code: 'secret_store_refused' } });
    expect(() => secrets.close()).not.toThrow();
  });
});

it('a call is given the time of a person wherever the keychain itself may prompt', () => {
  expect(callLimitMs('read', 'linux')).toBe(secretStoreLimitMs);
  expect(callLimitMs('unlock', 'linux')).toBe(unlockLimitMs);
  for (const platform of ['darwin', 'win32'] as const)
    for (const operation of ['read', 'write', 'remove', 'unlock'] as const)
      expect(callLimitMs(operation, platform)).toBe(unlockLimitMs);
});
