import '../../../../fakes/without-electron.ts';
import { execFileSync } from 'node:child_process';
import fs, {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ElectronStoreDocuments,
  longestDocument,
} from '../../../../../src-main/adapters/disk/electron-store-documents.ts';
import { HeldFile } from '../../../../fakes/held-file.ts';
import { notOnWindows, notOnWindowsNorAsRoot } from '../../../../fakes/on-windows.ts';

/** The code of the error that every `statSync` throws, as if the system denied access. */
let refusedWith: string | null = null;
const { statSync } = fs;
Object.assign(fs, {
  statSync: (...given: Parameters<typeof statSync>) => {
    if (refusedWith !== null) throw Object.assign(new Error(refusedWith), { code: refusedWith });
    return statSync(...given);
  },
});
syncBuiltinESMExports();

let folder: string;
let notWritten: string[];
let documents: ElectronStoreDocuments;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'documents-'));
  notWritten = [];
  documents = new ElectronStoreDocuments(folder, () => Date.parse('2026-03-10T12:00:00.123Z'), {
    onNotWritten: (name) => notWritten.push(name),
  });
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, bytes: string | Uint8Array) => writeFileSync(join(folder, `${name}.json`), bytes);

describe('a document', () => {
  it('that does not exist is absent', () => {
    expect(documents.read('settings')).toEqual({ state: 'absent' });
  });

  it('is read as it was written, also by another store', () => {
    const document = { version: 1, 'a.b': { c: [1, null, 'ü€💳', { d: true }] }, empty: {} };
    expect(documents.write('license.p-1', document)).toEqual({ ok: true, value: null });
    const other = new ElectronStoreDocuments(folder, () => 0);
    for (const reader of [documents, other]) expect(reader.read('license.p-1')).toEqual({ state: 'present', document });
    expect(notWritten).toEqual([]);
  });

  it('is replaced as a whole', () => {
    documents.write('a', { one: 1, two: 2 });
    documents.write('a', { three: 3 });
    expect(documents.read('a')).toEqual({ state: 'present', document: { three: 3 } });
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('leaves out undefined members', () => {
    documents.write('a', { one: undefined, two: { three: undefined } });
    expect(documents.read('a')).toEqual({ state: 'present', document: { two: {} } });
  });

  it('that was removed is absent, can be removed again, and can be written again', () => {
    documents.write('a', { one: 1 });
    expect(documents.remove('a').ok).toBe(true);
    expect(documents.remove('a').ok).toBe(true);
    expect(documents.read('a')).toEqual({ state: 'absent' });
    expect(documents.write('a', { two: 2 }).ok).toBe(true);
    expect(documents.read('a')).toEqual({ state: 'present', document: { two: 2 } });
  });

  it('is read as another program changed it', () => {
    documents.write('a', { one: 1 });
    put('a', '{"one":2}');
    expect(documents.read('a')).toEqual({ state: 'present', document: { one: 2 } });
  });
});

describe('S4: an unreadable file', () => {
  it.each([
    ['empty', ''],
    ['cut off', '{"version":1,"profiles":{"a'],
    ['NUL', new Uint8Array(4096)],
    ['NUL behind it', Buffer.concat([Buffer.from('{"version":1}'), Buffer.alloc(512)])],
    ['not text', new Uint8Array([0xff, 0xfe, 0x00, 0xd8, 0x80])],
    ['a page', '<html>'],
    ['single quotes', "{'version':1}"],
  ])('is set aside, reported and replaced: %s', (_name, bytes) => {
    put('settings', bytes);
    const read = documents.read('settings');
    expect(read).toEqual({ state: 'unreadable', keptAs: 'settings.unreadable-2026-03-10T12-00-00-123Z.json' });
    const kept = readFileSync(join(folder, 'settings.unreadable-2026-03-10T12-00-00-123Z.json'));
    expect(kept.equals(Buffer.from(bytes))).toBe(true);
    expect(documents.read('settings')).toEqual({ state: 'absent' });
    expect(documents.write('settings', { version: 1 }).ok).toBe(true);
    expect(documents.read('settings')).toEqual({ state: 'present', document: { version: 1 } });
  });

  it('that is a folder is reported and replaced', () => {
    mkdirSync(join(folder, 'settings.json'));
    expect(documents.read('settings').state).toBe('unreadable');
    expect(documents.write('settings', { version: 1 }).ok).toBe(true);
  });

  it('that was damaged while the console runs is reported and replaced', () => {
    documents.write('settings', { version: 1 });
    put('settings', '{');
    expect(documents.read('settings').state).toBe('unreadable');
    expect(documents.write('settings', { version: 1 }).ok).toBe(true);
    expect(documents.read('settings')).toEqual({ state: 'present', document: { version: 1 } });
  });

  it('that was damaged while the console runs is overwritten if it is written before it is read', () => {
    documents.write('settings', { version: 1 });
    put('settings', '{');
    expect(documents.write('settings', { version: 1, again: true }).ok).toBe(true);
    expect(documents.read('settings')).toEqual({ state: 'present', document: { version: 1, again: true } });
  });

  it('with JSON of another shape can be set aside by its reader', () => {
    for (const text of ['[]', '5', 'null', '"x"', '[1,2]']) {
      put('settings', text);
      expect(documents.read('settings').state).toMatch(/present|unreadable/);
      documents.setAside('settings');
      expect(existsSync(join(folder, 'settings.json'))).toBe(false);
    }
  });
});

describe('what was set aside of a document', () => {
  const names = () => readdirSync(folder).toSorted();

  it('stays when the document is removed, and goes when all of it is; nothing else does', () => {
    for (const name of ['license.a', 'license.a-2', 'license']) {
      put(name, 'no JSON');
      documents.read(name);
      documents.write(name, { version: 1 });
    }
    mkdirSync(join(folder, 'license.a.unreadable-folder.json'));
    documents.remove('license.a');
    const kept = names().filter((name) => name.startsWith('license.a.unreadable-'));
    expect(kept).toHaveLength(2);
    documents.write('license.a', { version: 1 });
    expect(documents.removeAll('license.a')).toEqual({ ok: true, value: null });
    expect(names()).toEqual([
      'license.a-2.json',
      expect.stringMatching(/^license\.a-2\.unreadable-/),
      'license.a.unreadable-folder.json',
      'license.json',
      expect.stringMatching(/^license\.unreadable-/),
    ]);
    expect(documents.removeAll('license.a'), 'again').toEqual({ ok: true, value: null });
  });

  it('in a folder that is gone is gone too', () => {
    rmSync(folder, { recursive: true });
    expect(documents.removeAll('license.a').ok).toBe(true);
    mkdirSync(folder);
  });
});

describe('S4: writing a document', () => {
  const blocked = () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    return new ElectronStoreDocuments(join(file, 'below'), () => 0, { onNotWritten: (name) => notWritten.push(name) });
  };

  it('returns and reports a failure, and never throws', () => {
    const there = blocked();
    expect(there.read('settings')).toEqual({ state: 'absent' });
    expect(there.write('settings', { version: 1 })).toMatchObject({
      ok: false,
      failure: { code: 'settings_not_written', facts: { reason: expect.any(String) } },
    });
    expect(notWritten).toEqual(['settings']);
    expect(there.setAside('settings')).toBeUndefined();
  });

  it('leaves the document as it was in a read-only folder', notOnWindowsNorAsRoot('modeBits'), () => {
    documents.write('settings', { version: 1 });
    chmodSync(folder, 0o500);
    expect(documents.write('settings', { version: 2 })).toMatchObject({
      ok: false,
      failure: { code: 'settings_not_written' },
    });
    expect(documents.read('settings')).toEqual({ state: 'present', document: { version: 1 } });
  });

  it('is refused for a file that could not be read, until it has been read', notOnWindowsNorAsRoot('modeBits'), () => {
    put('settings', '{"version":1}');
    chmodSync(join(folder, 'settings.json'), 0o000);
    expect(documents.read('settings')).toEqual({ state: 'unreadable' });
    chmodSync(join(folder, 'settings.json'), 0o600);
    expect(documents.write('settings', { version: 2 })).toMatchObject({ failure: { code: 'file_unreadable' } });
    expect(documents.read('settings')).toEqual({ state: 'present', document: { version: 1 } });
    expect(documents.write('settings', { version: 2 }).ok).toBe(true);
  });

  it('creates a missing folder', () => {
    const deep = new ElectronStoreDocuments(join(folder, 'a', 'b'), () => 0);
    expect(deep.write('settings', { version: 1 }).ok).toBe(true);
    expect(deep.read('settings')).toEqual({ state: 'present', document: { version: 1 } });
  });

  it('returns a failure, and never throws, for values that JSON cannot contain', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(documents.write('settings', circle).ok).toBe(false);
    expect(documents.write('settings', { big: 1n }).ok).toBe(false);
  });
});

describe('something else in the place of a file', notOnWindows('links'), () => {
  /** Makes each, and returns a function that closes it. */
  const others: readonly [string, (path: string) => void | (() => void)][] = [
    ['pipe', (path) => void execFileSync('mkfifo', [path])],
    ['device', (path) => symlinkSync('/dev/zero', path)],
    ['device', (path) => symlinkSync('/dev/tty', path)],
    ['loop', (path) => symlinkSync(path, path)],
    [
      'loop',
      (path) => {
        symlinkSync(`${path}.other`, path);
        symlinkSync(path, `${path}.other`);
      },
    ],
    [
      'pipe',
      (path) => {
        execFileSync('mkfifo', [`${path}.pipe`]);
        symlinkSync(`${path}.pipe`, path);
      },
    ],
    [
      'socket',
      (path) => {
        const server = createServer().listen(path);
        return () => server.close();
      },
    ],
  ];
  const read = ['settings', 'license.p-1', 'peers'];

  it.each(others)('is named and not overwritten, without waiting: %s', async (kind, make) => {
    for (const name of read) {
      const path = join(folder, `${name}.json`);
      const close = make(path);
      await expect.poll(() => lstatSync(path, { throwIfNoEntry: false })).toBeDefined();
      const before = lstatSync(path);
      const entries = readdirSync(folder);
      const failure = { code: 'not_a_file', facts: { file: `${name}.json`, kind } };
      expect(documents.write(name, { version: 1 })).toMatchObject({ failure });
      expect(documents.read(name)).toEqual({ state: 'unreadable', file: `${name}.json`, found: kind });
      expect(documents.write(name, { version: 1 })).toMatchObject({ failure });
      expect(notWritten.splice(0)).toEqual([name, name]);
      expect(lstatSync(path)).toMatchObject({ ino: before.ino, mode: before.mode });
      expect(readdirSync(folder)).toEqual(entries);
      if (close) close();
      rmSync(path, { force: true });
      expect(documents.read(name)).toEqual({ state: 'absent' });
      rmSync(`${path}.other`, { force: true });
      rmSync(`${path}.pipe`, { force: true });
    }
  });

  it('is set aside with its contents when it is read, and named when it is only written: folder', () => {
    mkdirSync(join(folder, 'settings.json', 'below'), { recursive: true });
    expect(documents.write('settings', {})).toMatchObject({
      failure: { code: 'not_a_file', facts: { file: 'settings.json', kind: 'folder' } },
    });
    const stored = documents.read('settings');
    expect(stored).toMatchObject({ state: 'unreadable', found: 'folder', keptAs: expect.any(String) });
    expect(readdirSync(join(folder, (stored as { keptAs: string }).keptAs))).toEqual(['below']);
    expect(documents.write('settings', {}).ok).toBe(true);
  });

  it('a file that is far too large is set aside without being read', () => {
    const path = join(folder, 'settings.json');
    put('settings', '{');
    truncateSync(path, longestDocument + 1);
    expect(documents.read('settings')).toMatchObject({ state: 'unreadable', keptAs: expect.any(String) });
    expect(documents.read('settings')).toEqual({ state: 'absent' });
  });
});

describe('a file that another program has locked', () => {
  const laws = fc.record({
    heldTries: fc.integer({ min: 0, max: 40 }),
    code: fc.constantFrom('EPERM', 'EACCES', 'EBUSY'),
    writes: fc.array(fc.integer(), { minLength: 1, maxLength: 5 }),
  });

  it('is written once it is free, and until then the newest document is read without waiting', async () => {
    await fc.assert(
      fc.asyncProperty(laws, async ({ heldTries, code, writes }) => {
        const held = new HeldFile(heldTries, code);
        const said: boolean[] = [];
        notWritten = [];
        const there = new ElectronStoreDocuments(
          mkdtempSync(join(folder, 'held-')),
          () => 0,
          { onNotWritten: (name) => notWritten.push(name), onInUse: (inUse) => said.push(inUse) },
          held.steps,
        );
        for (const n of writes) {
          expect(there.write('settings', { n })).toEqual({ ok: true, value: null });
          expect(there.read('settings')).toEqual({ state: 'present', document: { n } });
        }
        await held.drained();
        expect(there.read('settings')).toEqual({ state: 'present', document: { n: writes.at(-1) } });
        expect(held.triesLeft).toBe(0);
        expect(notWritten).toEqual([]);
        expect(said).toEqual(said.length === 0 ? [] : [true, false]);
      }),
    );
  });

  it('is tried for about a second more at the end', async () => {
    const held = new HeldFile(3, 'EPERM', false);
    const there = new ElectronStoreDocuments(folder, () => 0, {}, held.steps);
    there.write('settings', { n: 1 });
    expect(existsSync(join(folder, 'settings.json'))).toBe(false);
    held.letWait();
    await there.settle();
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is not assumed on Linux, where the same error means missing rights', () => {
    const there = new ElectronStoreDocuments(folder, () => 0, {}, new HeldFile(9, 'EACCES', true, 'linux').steps);
    expect(there.write('settings', {})).toMatchObject({
      failure: { code: 'settings_not_written', facts: { reason: 'EACCES' } },
    });
  });
});

it.each(['EACCES', 'EPERM', 'EIO', 'EBUSY', 'ELOOP', 'ETIMEDOUT', 'ESTALE', 'EMFILE'])(
  'a file that the system does not let the console examine (%s) is not absent, and not overwritten',
  (code) => {
    put('settings', '{"version":1}');
    refusedWith = code;
    const found = code === 'ELOOP' ? 'loop' : ['EACCES', 'EPERM'].includes(code) ? 'forbidden' : 'unseen';
    expect(documents.read('settings')).toEqual({ state: 'unreadable', file: 'settings.json', found });
    refusedWith = null;
    expect(documents.write('settings', { version: 2 })).toMatchObject({
      failure: { code: code === 'ELOOP' ? 'not_a_file' : 'file_unreadable', facts: { file: 'settings.json' } },
    });
    expect(readdirSync(folder)).toEqual(['settings.json']);
    expect(documents.read('settings')).toEqual({ state: 'present', document: { version: 1 } });
    expect(documents.write('settings', { version: 2 }).ok).toBe(true);
  },
);
