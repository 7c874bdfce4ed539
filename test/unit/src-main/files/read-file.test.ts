import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  channelFileTrouble,
  readChannelFile,
} from '../../../../src-main/adapters/command-channel/command-channel-file.ts';
import { JsonlLineFile } from '../../../../src-main/adapters/disk/jsonl-line-file.ts';
import {
  checkFile,
  FileTooLargeError,
  isFileThere,
  NotAFileError,
  readText,
} from '../../../../src-main/files/read-file.ts';
import { isAddressWritten, removeAddressFile } from '../../../../src-main/local-api/api-address.ts';
import { addressFileName } from '../../../../src-main/local-api/wire/address-file.ts';
import { notOnWindows } from '../../../fakes/on-windows.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-file-'));
  path = join(folder, 'file');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('something else in the place of a file', notOnWindows('links'), () => {
  const others: readonly [string, (at: string) => void][] = [
    ['folder', (at) => mkdirSync(at)],
    ['pipe', (at) => void execFileSync('mkfifo', [at])],
    ['device', (at) => symlinkSync('/dev/zero', at)],
    ['loop', (at) => symlinkSync(at, at)],
  ];

  it.each(others)('is named by each function that looks at it, without waiting: %s', (kind, make) => {
    make(path);
    for (const look of [() => readText(path, 10), () => checkFile(path, 10), () => isFileThere(path)]) {
      expect(look).toThrow(NotAFileError);
      expect(look).toThrow(kind);
    }
  });

  it('is named when it is a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(path, resolve));
    expect(() => readText(path, 10)).toThrow('socket');
    await new Promise((resolve) => void server.close(resolve));
  });

  it('a file that cannot be read is a failure that names it, and a missing or readable one is not', () => {
    expect(channelFileTrouble(folder)).toBeNull();
    writeFileSync(join(folder, 'command-channel.json'), 'no document');
    expect(channelFileTrouble(folder)).toBeNull();
    expect(channelFileTrouble(join(folder, 'x'.repeat(300)))).toMatchObject({
      code: 'file_unreadable',
      facts: { file: 'command-channel.json' },
    });
  });

  it.each(others)('is handled for each file that the console keeps next to its documents: %s', (_kind, make) => {
    make(join(folder, 'command-channel.json'));
    expect(readChannelFile(folder)).toBeNull();
    expect(channelFileTrouble(folder)).toMatchObject({ code: 'not_a_file', facts: { file: 'command-channel.json' } });
    make(join(folder, addressFileName));
    expect(isAddressWritten(folder, {} as never)).toBe(false);
    expect(() => removeAddressFile(folder, { socket: 'x', pid: 1 })).not.toThrow();
    make(join(folder, 'history.jsonl'));
    make(join(folder, 'other.previous.jsonl'));
    const said: string[] = [];
    const history = new JsonlLineFile(folder, 'history', 1_000, () => said.push('history'));
    expect(history.append('{}')).toBe(false);
    expect(said).toEqual(['history']);
    expect(history.read().readable).toBe(false);
    expect(new JsonlLineFile(folder, 'other', 1_000, () => {}).read().readable).toBe(false);
  });
});

describe('a file', () => {
  it('is read in full up to its limit, and refused above it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(100), (text, limit) => {
        writeFileSync(path, text);
        if (Buffer.byteLength(text) <= limit) expect(readText(path, limit)).toBe(text);
        else expect(() => readText(path, limit)).toThrow(FileTooLargeError);
      }),
      { numRuns: 50 },
    );
  });

  it('is distinguished from a missing one, also if it is empty', () => {
    expect(isFileThere(path)).toBe(false);
    expect(() => readText(path, 10)).toThrow('ENOENT');
    writeFileSync(path, '');
    expect(isFileThere(path)).toBe(true);
    expect(readText(path, 10)).toBe('');
  });
});
