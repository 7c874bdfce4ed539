import '../../../../fakes/without-electron.ts';
import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  callLimitMs,
  type KeychainProcess,
  KeytarSecretStore,
  secretStoreLimitMs,
  unlockLimitMs,
} from '../../../../../src-main/adapters/keychain/keytar-secret-store.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';
import { ofLinuxKeyrings } from '../../../../fakes/on-windows.ts';

describe('S3: a keychain process that cannot be started', () => {
  it('causes a failure of each call, never a rejection', async () => {
    // Outside of Electron nothing can start it.
    const secrets = new KeytarSecretStore('/nowhere/secret-store-process.js', new MemoryLog());
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

it('the time limit of a call allows for a person wherever the keychain itself may prompt', () => {
  expect(callLimitMs('read', 'linux')).toBe(secretStoreLimitMs);
  expect(callLimitMs('unlock', 'linux')).toBe(unlockLimitMs);
  for (const platform of ['darwin', 'win32'] as const)
    for (const operation of ['read', 'write', 'remove', 'unlock'] as const)
      expect(callLimitMs(operation, platform)).toBe(unlockLimitMs);
});

/** A keychain process whose answers come from the test. */
class KeychainByHand extends EventEmitter {
  readonly calls: number[] = [];
  readonly operations: string[] = [];
  isKilled = false;

  postMessage({ id, operation, name }: { id: number; operation: string; name: string }): void {
    this.calls.push(id);
    this.operations.push(`${operation} ${name}`);
  }

  kill(): boolean {
    this.isKilled = true;
    return true;
  }

  say(message: object): void {
    this.emit('message', { id: this.calls.at(-1), ...message });
  }
}

describe('a keychain that asks the person for each entry', ofLinuxKeyrings(), () => {
  const stepMs = secretStoreLimitMs - 1;
  let keychain: KeychainByHand;
  let log: MemoryLog;
  let secrets: KeytarSecretStore;
  beforeEach(() => {
    vi.useFakeTimers();
    keychain = new KeychainByHand();
    log = new MemoryLog();
    secrets = new KeytarSecretStore('', log, () => keychain as unknown as KeychainProcess);
  });
  afterEach(() => vi.useRealTimers());

  async function waitFor(ms: number, isAlive: boolean): Promise<void> {
    for (let waited = 0; waited < ms; waited += stepMs) {
      if (isAlive) keychain.say({ isAlive: true });
      await vi.advanceTimersByTimeAsync(Math.min(stepMs, ms - waited));
    }
  }

  it.each(['read', 'write', 'remove'] as const)(
    'has a long time limit for %s while it shows signs of life',
    async (operation) => {
      const call = operation === 'write' ? secrets.write('a', 'value') : secrets[operation]('a');
      await waitFor(unlockLimitMs - 1, true);
      expect(keychain.isKilled).toBe(false);
      keychain.say({ ok: true, value: null });
      expect(await call).toEqual({ ok: true, value: null });
    },
  );

  it('times out after the usual limit if it stops showing signs of life', async () => {
    const call = secrets.read('a');
    await waitFor(20_000, true);
    await waitFor(secretStoreLimitMs, false);
    expect(keychain.isKilled).toBe(true);
    expect(await call).toMatchObject({ ok: false, failure: { code: 'secret_store_timeout' } });
  });

  it('times out at the limit for a person, and a sign of life for another call does not count', async () => {
    const call = secrets.read('a');
    await waitFor(unlockLimitMs, true);
    expect(await call).toMatchObject({ ok: false, failure: { code: 'secret_store_timeout' } });
    const next = secrets.read('a');
    await vi.advanceTimersByTimeAsync(stepMs);
    keychain.say({ id: 1, isAlive: true });
    await vi.advanceTimersByTimeAsync(1);
    expect(await next).toMatchObject({ ok: false, failure: { code: 'secret_store_timeout' } });
  });
});

it('an unlock waits for the running call alone, and the others keep their order', async () => {
  const keychain = new KeychainByHand();
  const secrets = new KeytarSecretStore('', new MemoryLog(), () => keychain as unknown as KeychainProcess);
  const ended: string[] = [];
  const end = (name: string) => () => void ended.push(name);
  const calls = [
    secrets.read('a').then(end('a')),
    secrets.read('b').then(end('b')),
    secrets.write('c', 'value').then(end('c')),
    secrets.unlock().then(end('unlock')),
  ];
  for (let count = 1; count <= calls.length; count += 1) {
    await vi.waitFor(() => expect(keychain.calls).toHaveLength(count));
    expect(ended).toHaveLength(count - 1);
    keychain.say({ ok: true, value: null });
  }
  await Promise.all(calls);
  expect(keychain.operations).toEqual(['read a', 'unlock unlock', 'read b', 'write c']);
  expect(ended).toEqual(['a', 'unlock', 'b', 'c']);
});
