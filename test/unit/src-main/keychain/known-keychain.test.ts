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

/** Another program takes over; what the one before took stays with that. */
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

describe('S3: another program serves the keychain than the one that took the tokens', () => {
  test('both are named, nothing is deleted, and the first one brings the tokens back', async () => {
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

  test('tokens that the new program takes are its own from then on', async () => {
    await keychain.write(name, 'tokens');
    servedBy('keepassxc');
    await keychain.read(name);
    await keychain.write(name, 'new tokens');
    servedBy('gnome-keyring-daemon');
    expect(await keychain.read(name)).toMatchObject({ failure: { facts: { before: 'keepassxc' } } });
  });

  test('tokens of a version that kept no record are recorded when they are read', async () => {
    store.entries.set(name, 'tokens');
    expect(await keychain.read(name)).toEqual({ ok: true, value: 'tokens' });
    servedBy('ksecretd');
    expect(await keychain.read(name)).toMatchObject({ failure: { code: 'secret_store_changed_backend' } });
  });

  test.each([
    ['the same program', 'gnome-keyring-daemon'],
    ['no telling which program', null],
  ])('missing with %s: only missing', async (_what, program) => {
    await keychain.write(name, 'tokens');
    servedBy(program);
    expect(await keychain.read(name)).toEqual({ ok: true, value: null });
  });

  test('where the program never was known, nothing is claimed', async () => {
    store.servedBy = null;
    await keychain.write(name, 'tokens');
    servedBy('keepassxc');
    expect(await keychain.read(name)).toEqual({ ok: true, value: null });
    expect(documents.files.size).toBe(0);
  });

  test('removed: no record is left, and nothing is said of another program', async () => {
    await keychain.write(name, 'tokens');
    await keychain.remove(name);
    expect(documents.files.size).toBe(0);
    servedBy('keepassxc');
    expect(await keychain.read(name)).toEqual({ ok: true, value: null });
  });

  test("the keychain's own failures come through, and a probe leaves no record", async () => {
    await keychain.write('probe.p1', 'probe');
    expect(documents.files.size).toBe(0);
    store.failing('secret_store_locked');
    expect(await keychain.read(name)).toMatchObject({ failure: { code: 'secret_store_locked' } });
    expect(await keychain.write(name, 'x')).toMatchObject({ failure: { code: 'secret_store_locked' } });
    expect(await keychain.remove(name)).toMatchObject({ failure: { code: 'secret_store_locked' } });
  });

  test.each(['{"version":1,"program":5}', '{"version":2,"program":"x"}', '[]', '', '\0\0', 'null'])(
    'a spoiled record %j costs only the exact words',
    async (text) => {
      documents.files.set(`keychain.${name}`, text);
      servedBy('keepassxc');
      expect(await keychain.read(name)).toEqual({ ok: true, value: null });
      expect(await keychain.write(name, 'tokens')).toEqual({ ok: true, value: null });
    },
  );
});
