import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { namedAddress, readAddress } from '../../../../../src-main/local-api/client/find-console.ts';

const here = process.platform;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flc-find-'));
  Object.defineProperty(process, 'platform', { value: 'win32' });
});
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: here });
  rmSync(folder, { recursive: true, force: true });
});

const pipe = String.raw`\\.\pipe\fusion-license-console-0123456789abcdef`;
const write = (document: object) =>
  writeFileSync(join(folder, 'license-api.json'), JSON.stringify(document), { mode: 0o600 });
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('the loopback port', () => {
  it.each([
    ['127.0.0.1:47215', { host: '127.0.0.1', port: 47215 }],
    ['localhost:47215', { host: '127.0.0.1', port: 47215 }],
    ['[::1]:47215', { host: '::1', port: 47215 }],
    ['http://127.0.0.1:47215', { host: '127.0.0.1', port: 47215 }],
  ])('%s is accepted', (text, address) => {
    expect(namedAddress(text)).toEqual(address);
  });

  it.each([
    '127.0.0.1',
    '127.0.0.1:',
    '127.0.0.1:99999',
    '10.0.0.1:47215',
    '127.0.0.1:47215/x',
    '127.0.0.1:47215@store.example',
    'license.example:47215',
  ])('%s is refused', (text) => {
    expect(() => namedAddress(text)).toThrow(refusal('address_refused'));
  });
});

describe('on Windows', () => {
  it.each([
    String.raw`\\server\pipe\license`,
    String.raw`\\.\pipe\a\..\..\UNC\server\pipe\b`,
    String.raw`\\.\pipe\a/../../UNC/server/pipe/b`,
    String.raw`\\.\pipe\../UNC/server/pipe/b`,
    String.raw`\\.\UNC\server\pipe\b`,
    String.raw`\\.\pipe/../UNC/server/pipe/b`,
  ])('%s is refused, because it is not a pipe of this computer', (name) => {
    expect(() => namedAddress(name)).toThrow(refusal('address_refused'));
  });

  it('a pipe of this computer is accepted', () => {
    expect(namedAddress(pipe)).toEqual({ path: pipe });
  });

  it('the pipe of a console that no longer runs is not used, because another account may have created a pipe with its name', () => {
    // This process has ended.
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const gone of [pid, undefined, 0, -1, 1.5, '1', 2 ** 53]) {
      write({ version: 1, socket: pipe, pid: gone });
      expect(() => readAddress(folder), String(gone)).toThrow(refusal('console_not_running'));
    }
  });

  it('the pipe of a running console is used', () => {
    write({ version: 1, socket: pipe, pid: process.pid });
    expect(readAddress(folder)).toEqual({ path: pipe });
  });
});
