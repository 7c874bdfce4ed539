import { beforeEach, describe, expect, test } from 'vitest';
import { KnownKeychain } from '../../../../src-main/keychain/known-keychain.ts';
import { failure } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { MemorySecretStore } from '../../../fakes/memory-secret-store.ts';

const name = 'license.p1';
let documents: MemoryDocuments;
let store: MemorySecretStore;
let keychain: KnownKeychain;

beforeEach(() => {
  documents = new MemoryDocuments();
  store = new MemorySecretStore();
  keychain = new KnownKeychain(store, documents);
});

/** Another program serves the keychain, without the entries of the previous one. The result brings that one back. */
function servedBy(program: string | null): () => void {
  const before = [...store.entries];
  const was = store.servedBy;
  store.servedBy = program;
  store.entries.clear();
  return () => {
    store.servedBy = was;
    for (const [key, value] of before) store.entries.set(key, value);
  };
}

describe('S3: tokens in a keychain that another program now serves', () => {
  test('cause a failure that names both programs, stay stored, and are found when the first program is back', async () => {
    await keychain.write(name, 'tokens');
    const back = servedBy('keepassxc');
    keychain = new KnownKeychain(store, documents);
    const facts = { now: 'keepassxc', before: 'gnome-keyring-daemon' };
    expect(await keychain.read(name)).toEqual({
      ok: false,
      failure: failure('secret_store_changed_backend', { facts }),
    });
    expect(words.failureWords(failure('secret_store_changed_backend', { facts })).meaning).toContain(
      'The keychain is now KeePassXC, but the license tokens are in GNOME Keyring.',
    );
    expect(store.calls.map(({ operation }) => operation)).toEqual(['write', 'read']);
    back();
    expect(await keychain.read(name)).toEqual({ ok: true, value: 'tokens' });
  });

  test('belong to the new program once it has stored them', async () => {
    await keychain.write(name, 'tokens');
    servedBy('keepassxc');
    await keychain.read(name);
    await keychain.write(name, 'new tokens');
    servedBy('gnome-keyring-daemon');
    expect(await keychain.read(name)).toMatchObject({ failure: { facts: { before: 'keepassxc' } } });
  });

  test('are recorded when they are read, if an earlier version kept no record', async () => {
    store.entries.set(name, 'tokens');
    expect(await keychain.read(name)).toEqual({ ok: true, value: 'tokens' });
    servedBy('ksecretd');
    expect(await keychain.read(name)).toMatchObject({ failure: { code: 'secret_store_changed_backend' } });
  });

  test.each([
    ['the same program', 'gnome-keyring-daemon'],
    ['an unknown program', null],
  ])('are only missing if they are gone from %s', async (_what, program) => {
    await keychain.write(name, 'tokens');
    servedBy(program);
    expect(await keychain.read(name)).toEqual({ ok: true, value: null });
  });

  test('are only missing if the first program was unknown', async () => {
    store.servedBy = null;
    await keychain.write(name, 'tokens');
    servedBy('keepassxc');
    expect(await keychain.read(name)).toEqual({ ok: true, value: null });
    expect(documents.files.size).toBe(0);
  });

  test('leave no record after their removal, and are then only missing', async () => {
    await keychain.write(name, 'tokens');
    await keychain.remove(name);
    expect(documents.files.size).toBe(0);
    servedBy('keepassxc');
    expect(await keychain.read(name)).toEqual({ ok: true, value: null });
  });

  test("do not hide the keychain's own failures, and a probe leaves no record", async () => {
    await keychain.write('probe.p1', 'probe');
    expect(documents.files.size).toBe(0);
    store.failing('secret_store_locked');
    expect(await keychain.read(name)).toMatchObject({ failure: { code: 'secret_store_locked' } });
    expect(await keychain.write(name, 'x')).toMatchObject({ failure: { code: 'secret_store_locked' } });
    expect(await keychain.remove(name)).toMatchObject({ failure: { code: 'secret_store_locked' } });
  });

  test.each(['{"version":1,"program":5}', '{"version":2,"program":"x"}', '[]', '', '\0\0', 'null'])(
    'can be read and written with a damaged record %j',
    async (text) => {
      documents.files.set(`keychain.${name}`, text);
      servedBy('keepassxc');
      expect(await keychain.read(name)).toEqual({ ok: true, value: null });
      expect(await keychain.write(name, 'tokens')).toEqual({ ok: true, value: null });
    },
  );
});
