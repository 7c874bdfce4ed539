import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ElectronStoreDocuments } from '../../src-main/adapters/disk/electron-store-documents.ts';
import { JsonlLineFile } from '../../src-main/adapters/disk/jsonl-line-file.ts';
import { readChannelFile, writeChannelFile } from '../../src-main/adapters/command-channel/command-channel-file.ts';
import { isAddressWritten, writeAddressFile } from '../../src-main/local-api/api-address.ts';
import { replaceFile } from '../../src-main/files/replace-file.ts';
import { succeed } from '../../src-shared/result.ts';
import { OwnProcess } from './own-process.ts';

let folder: string;
const processes: OwnProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(async () => {
  for (const one of processes.splice(0)) await one.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function hold(path: string): Promise<OwnProcess> {
  const holder = new OwnProcess('file-holder', path);
  processes.push(holder);
  await holder.heard('holds');
  return holder;
}

describe('a file that another process has open', () => {
  test('settings: the newest are read at once, and written once the file is released', async () => {
    const inUse: boolean[] = [];
    const documents = new ElectronStoreDocuments(folder, Date.now, { onInUse: (is) => inUse.push(is) });
    expect(documents.write('settings', { count: 1 })).toEqual(succeed(null));
    const holder = await hold(join(folder, 'settings.json'));
    expect(documents.write('settings', { count: 2 })).toEqual(succeed(null));
    expect(documents.read('settings')).toEqual({ state: 'present', document: { count: 2 } });
    await expect.poll(() => inUse, { timeout: 30_000 }).toEqual([true]);
    await holder.kill();
    await expect.poll(() => inUse, { timeout: 30_000 }).toEqual([true, false]);
    expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toEqual({ count: 2 });
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  test('is replaced as a whole or not at all, and no other file stays', async () => {
    const path = join(folder, 'told.json');
    await replaceFile(path, 'first');
    const holder = await hold(path);
    await expect(replaceFile(path, 'second')).rejects.toThrow('in use: told.json');
    expect(readFileSync(path, 'utf8')).toBe('first');
    await holder.kill();
    await replaceFile(path, 'third');
    expect(readFileSync(path, 'utf8')).toBe('third');
    expect(readdirSync(folder)).toEqual(['told.json']);
  });

  test('a history whose older part is held still accepts every line', async () => {
    let notWritten = 0;
    const lines = new JsonlLineFile(folder, 'history', 200, () => (notWritten += 1));
    const wanted = Array.from({ length: 12 }, (_, index) => `line ${index} ${'.'.repeat(20)}`);
    for (const line of wanted.slice(0, 9)) lines.append(line);
    await hold(join(folder, 'history.previous.jsonl'));
    for (const line of wanted.slice(9)) expect(lines.append(line)).toBe(true);
    expect(lines.read().lines.slice(-5)).toEqual(wanted.slice(-5));
    expect(notWritten).toBe(0);
  });
});

describe('the console’s turn', () => {
  test('belongs to one process at a time', async () => {
    const started = [1, 2, 3].map(() => new OwnProcess('in-turn', folder));
    processes.push(...started);
    for (const one of started) expect(await one.heard('done')).toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a profile folder', () => {
  const parts: readonly [string, string][] = [
    ['with spaces', 'the console of a store'],
    ['with umlauts and other scripts', 'Bäckerei Müller 店 ñ'],
    ['with signs that a shell reads', "50% & (co) 'x' ^ !"],
    ['longer than 260 characters', Array.from({ length: 6 }, (_, index) => `${index}`.repeat(50)).join('/')],
  ];
  const places: readonly [string, (path: string) => string][] = [
    ['as it is', (path) => path],
    ['in capitals', (path) => path.toUpperCase()],
    ['with slashes', (path) => path.replaceAll('\\', '/')],
    ['as a device’s path', (path) => `\\\\?\\${path}`],
  ];
  test.each(parts.flatMap(([kind, name]) => places.map(([place, as]) => [kind, place, name, as] as const)))(
    '%s, %s: every file is written, replaced and read',
    async (_kind, _place, name, as) => {
      const made = join(folder, name);
      mkdirSync(made, { recursive: true });
      const profile = as(made);
      const documents = new ElectronStoreDocuments(profile, Date.now);
      const address = { version: 1, socket: String.raw`\\.\pipe\x`, pid: 1 } as const;
      const channel = { version: 1, address: 'a', key: 'k'.repeat(43), pid: 1, servedBy: 'console' } as const;
      const history = new JsonlLineFile(profile, 'history', 1_000, () => {});
      for (const count of [1, 2]) {
        expect(documents.write('settings', { count })).toEqual(succeed(null));
        expect(new ElectronStoreDocuments(profile, Date.now).read('settings')).toMatchObject({ document: { count } });
        expect(await writeAddressFile(profile, address)).toEqual(succeed(null));
        expect(isAddressWritten(profile, address)).toBe(true);
        await writeChannelFile(profile, channel);
        expect(readChannelFile(profile)).toEqual(channel);
        expect(history.append(`entry ${count}`)).toBe(true);
      }
      expect(history.read()).toEqual({ readable: true, lines: ['entry 1', 'entry 2'] });
      expect(readdirSync(made).toSorted()).toEqual([
        'command-channel.json',
        'history.jsonl',
        'license-api.json',
        'settings.json',
      ]);
    },
  );

  test('a file in its place is left as it is', async () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'kept');
    expect((await writeAddressFile(path, { version: 1, socket: 's', pid: 1 })).ok).toBe(false);
    expect(new ElectronStoreDocuments(path, Date.now).write('settings', { a: 1 }).ok).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('kept');
  });
});
