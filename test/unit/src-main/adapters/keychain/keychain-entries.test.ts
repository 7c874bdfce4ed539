import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ClosedEntryError,
  DamagedEntriesError,
  type KeychainEntries,
  LockedEntryError,
  readEntries,
  removeEntries,
  writeEntries,
} from '../../../../../src-main/adapters/keychain/keychain-entries.ts';
import { KillSwitch } from '../../../../fakes/kill-switch.ts';
import { MemoryKeychain, windowsLimitBytes } from '../../../../fakes/memory-keychain.ts';
import { said, tries } from '../../../../fakes/tries.ts';
import { until } from '../../../../fakes/until.ts';

const tenKilobytes = 'eyJ'.padEnd(10_240, 'AbCd-_09.');

describe('S2: a value in keychain entries', () => {
  it.each([
    ['a word', 'probe'],
    ['10 KB', tenKilobytes],
    ['64 KB', 'x'.repeat(65_536)],
    ['10 KB of four-byte characters', '💳'.repeat(2_560)],
    ['every kind of sign', '\u0000\n"\\ü€💳\uffff'],
  ])('is read in full: %s', async (_name, value) => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'license.p1', value);
    expect(await readEntries(keychain, 'license.p1')).toBe(value);
    for (const entry of keychain.entries.values()) expect(Buffer.byteLength(entry)).toBeLessThan(windowsLimitBytes);
  });

  it(`is read in full after overwriting others, and leaves nothing of them, in ${said(300)} cases`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9_000, size: 'max' }), {
          minLength: 1,
          maxLength: 4,
        }),
        async (values) => {
          const keychain = new MemoryKeychain();
          for (const value of values) {
            await writeEntries(keychain, 'n', value);
            expect(await readEntries(keychain, 'n')).toBe(Buffer.from(value).toString());
          }
          const single = new MemoryKeychain();
          await writeEntries(single, 'n', values.at(-1) ?? '');
          expect(keychain.entries.size).toBe(single.entries.size);
          await removeEntries(keychain, 'n');
          expect(keychain.entries.size).toBe(0);
        },
      ),
      { numRuns: tries(300) },
    );
  });

  it.each([
    'Key not valid for use in specified state.',
    'The user name or passphrase you entered is not correct.',
    'Der Schlüssel ist im angegebenen Status nicht gültig.',
    'La clé n’est pas valide pour l’utilisation dans l’état spécifié.',
    '指定された状態で使用するには無効なキーです。',
    '',
  ])('that an earlier password encrypted is reported as closed, and a new value replaces it: %s', async (text) => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'n', 'x'.repeat(9_000));
    const before = new Map(keychain.entries);
    const changed: KeychainEntries = {
      getPassword: async (account) => {
        const password = await keychain.getPassword(account);
        if (password !== null && before.get(account) === password) throw new Error(text);
        return password;
      },
      setPassword: (account, password) => keychain.setPassword(account, password),
      deletePassword: (account) => keychain.deletePassword(account),
    };
    await expect(readEntries(changed, 'n')).rejects.toThrow(ClosedEntryError);
    expect(keychain.entries).toEqual(before);
    await writeEntries(changed, 'n', 'new');
    expect(await readEntries(changed, 'n')).toBe('new');
    expect(keychain.entries.size).toBe(2);
  });

  it('is not reported as closed if the keychain refuses everything, and its own error is passed on', async () => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'n', 'before');
    const before = new Map(keychain.entries);
    const refuse = () => Promise.reject(new Error('Zugriff verweigert'));
    for (const open of [{}, { setPassword: keychain.setPassword.bind(keychain) }]) {
      const refusing: KeychainEntries = {
        getPassword: refuse,
        setPassword: refuse,
        deletePassword: (account) => keychain.deletePassword(account),
        ...open,
      };
      await expect(readEntries(refusing, 'n')).rejects.toThrow('Zugriff verweigert');
      await expect(writeEntries(refusing, 'n', 'new')).rejects.toThrow('Zugriff verweigert');
      await expect(removeEntries(refusing, 'n')).rejects.toThrow('Zugriff verweigert');
      keychain.entries.delete('n/probe');
      for (const [account, password] of before) await keychain.setPassword(account, password);
    }
  });

  it('that was denied is neither absent nor closed, does not change, and causes no second question', async () => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'n', 'before');
    const before = new Map(keychain.entries);
    let asked = 0;
    const denied: KeychainEntries = {
      getPassword: (account) => {
        asked += 1;
        return keychain.entries.has(account) ? Promise.reject(new LockedEntryError()) : keychain.getPassword(account);
      },
      setPassword: (account, password) => keychain.setPassword(account, password),
      deletePassword: () => Promise.reject(new LockedEntryError()),
    };
    await expect(readEntries(denied, 'n')).rejects.toThrow(LockedEntryError);
    await expect(writeEntries(denied, 'n', 'new')).rejects.toThrow(LockedEntryError);
    expect(asked).toBe(2);
    await expect(removeEntries(denied, 'n')).rejects.toThrow(LockedEntryError);
    expect(keychain.entries).toEqual(before);
  });

  it('is not reported as closed after a temporary error', async () => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'n', 'before');
    let troubles = 1;
    const shaky: KeychainEntries = {
      getPassword: (account) => (troubles-- > 0 ? Promise.reject(new Error('busy')) : keychain.getPassword(account)),
      setPassword: (account, password) => keychain.setPassword(account, password),
      deletePassword: (account) => keychain.deletePassword(account),
    };
    expect(await readEntries(shaky, 'n')).toBe('before');
    expect(keychain.entries.size).toBe(2);
  });

  it('that is far too large or empty is refused, and the previous one stays', async () => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'n', 'before');
    for (const value of ['x'.repeat(300_000), ''])
      await expect(writeEntries(keychain, 'n', value)).rejects.toThrow(RangeError);
    expect(await readEntries(keychain, 'n')).toBe('before');
  });

  it('is not affected by the removal of a value with another name', async () => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'license.p1', tenKilobytes);
    await writeEntries(keychain, 'license.p2', 'other');
    await removeEntries(keychain, 'license.p2');
    expect(await readEntries(keychain, 'license.p1')).toBe(tenKilobytes);
  });

  it('that does not exist is null', async () => {
    expect(await readEntries(new MemoryKeychain(), 'n')).toBeNull();
  });
});

/** One change in a process that dies at a step. Null if it did not get that far. */
async function killed(
  entries: Map<string, string>,
  step: number,
  after: boolean,
  change: (keychain: MemoryKeychain) => Promise<void>,
): Promise<string | null> {
  const kill = new KillSwitch(step, after);
  let ended = false;
  void change(new MemoryKeychain(entries, kill)).then(() => (ended = true));
  await until(() => ended || kill.dead, 'the change');
  return kill.dead ? (kill.steps.at(-1) ?? '') : null;
}

const pairs: readonly [string, string, string][] = [
  ['short over short', 'old', 'new'],
  ['long over short', 'old', tenKilobytes],
  ['short over long', tenKilobytes, 'new'],
  ['long over long', tenKilobytes, tenKilobytes.replaceAll('A', 'B')],
  ['longer over long', tenKilobytes, tenKilobytes.repeat(3)],
];

describe('S1, S2: a value whose process dies at any call to the keychain', () => {
  it.each(pairs)(
    'is the old or the new one, never half, and can be removed completely: %s',
    async (_name, old, value) => {
      let kills = 0;
      for (const generation of [1, 2]) {
        for (const after of [false, true]) {
          for (let step = 0; ; step += 1) {
            const entries = new Map<string, string>();
            const keychain = new MemoryKeychain(entries);
            for (let times = 0; times < generation; times += 1) await writeEntries(keychain, 'n', old);
            const died = await killed(entries, step, after, (mortal) => writeEntries(mortal, 'n', value));
            if (died === null) break;
            kills += 1;
            expect([old, value], died).toContain(await readEntries(keychain, 'n'));
            // After another write it is complete, and no part of a secret survives its removal.
            await writeEntries(keychain, 'n', value);
            expect(await readEntries(keychain, 'n'), died).toBe(value);
            await removeEntries(keychain, 'n');
            expect([...entries.keys()], died).toEqual([]);
          }
        }
      }
      expect(kills).toBeGreaterThan(20);
    },
  );

  it.each(pairs)(
    'is there or absent after a removal, never half, and a second removal leaves nothing: %s',
    async (_name, old, value) => {
      for (const after of [false, true]) {
        for (let step = 0; ; step += 1) {
          const entries = new Map<string, string>();
          const keychain = new MemoryKeychain(entries);
          await writeEntries(keychain, 'n', old);
          await writeEntries(keychain, 'n', value);
          const died = await killed(entries, step, after, (mortal) => removeEntries(mortal, 'n'));
          if (died === null) break;
          expect([value, null], died).toContain(await readEntries(keychain, 'n'));
          await removeEntries(keychain, 'n');
          expect([...entries.keys()], died).toEqual([]);
        }
      }
    },
  );

  it(`is never half in ${said(200)} histories of interrupted writes and removals, and leaves nothing`, async () => {
    const change = fc.record({
      value: fc.option(
        fc.integer({ min: 1, max: 12_000 }).map((length) => 'v'.repeat(length)),
        { nil: null },
      ),
      step: fc.nat(30),
      after: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const entries = new Map<string, string>();
        const keychain = new MemoryKeychain(entries);
        let may: (string | null)[] = [null];
        for (const { value, step, after } of changes) {
          const died = await killed(entries, step, after, (mortal) =>
            value === null ? removeEntries(mortal, 'n') : writeEntries(mortal, 'n', value),
          );
          may = died === null ? [value] : [...may, value];
          const now = await readEntries(keychain, 'n');
          expect(may.some((allowed) => allowed === now)).toBe(true);
          may = [now];
        }
        await removeEntries(keychain, 'n');
        expect([...entries.keys()]).toEqual([]);
      }),
      { numRuns: tries(200) },
    );
  });
});

describe('a value that another program changed', () => {
  const damages: readonly [string, (entries: Map<string, string>) => void][] = [
    ['a part is missing', (entries) => void entries.delete('n/a/1')],
    ['a part is changed', (entries) => void entries.set('n/a/0', `B${entries.get('n/a/0')?.slice(1)}`)],
    [
      'parts are exchanged',
      (entries) => {
        const [first, second] = [entries.get('n/a/0') ?? '', entries.get('n/a/1') ?? ''];
        entries.set('n/a/0', second).set('n/a/1', first);
      },
    ],
    ['the pointer is text', (entries) => void entries.set('n', 'hello')],
    ['the pointer is empty', (entries) => void entries.set('n', '')],
    ['the pointer is null', (entries) => void entries.set('n', 'null')],
    ['the pointer is cut', (entries) => void entries.set('n', (entries.get('n') ?? '').slice(0, 20))],
    [
      'the pointer names no generation',
      (entries) => void entries.set('n', '{"generation":"c","entries":1,"sha256":"x"}'),
    ],
    [
      'the pointer names a million entries',
      (entries) => void entries.set('n', '{"generation":"a","entries":1000000,"sha256":"x"}'),
    ],
    ['the pointer names no entry', (entries) => void entries.set('n', '{"generation":"a","entries":0,"sha256":"x"}')],
    [
      'the pointer names half an entry',
      (entries) => void entries.set('n', '{"generation":"a","entries":1.5,"sha256":"x"}'),
    ],
    [
      'the pointer’s digest is of another value',
      (entries) => void entries.set('n', (entries.get('n') ?? '').replace(/"sha256":"./, '"sha256":"_')),
    ],
  ];

  it.each(damages)('is reported as damaged, and can be replaced and removed: %s', async (_name, damage) => {
    const keychain = new MemoryKeychain();
    await writeEntries(keychain, 'n', tenKilobytes);
    damage(keychain.entries);
    await expect(readEntries(keychain, 'n')).rejects.toThrow(DamagedEntriesError);
    // A new value can still be written.
    await writeEntries(keychain, 'n', 'new');
    expect(await readEntries(keychain, 'n')).toBe('new');
    await removeEntries(keychain, 'n');
    expect(await readEntries(keychain, 'n')).toBeNull();
  });
});
