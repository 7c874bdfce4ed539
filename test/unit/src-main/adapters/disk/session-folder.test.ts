import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findSessionFolder, useWritableTemporaryFolder } from '../../../../../src-main/adapters/disk/session-folder.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'session-folder-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(base, { recursive: true, force: true });
});

/** A path at which no account can make a folder. */
function unwritable(): string {
  const file = join(base, 'file');
  writeFileSync(file, '');
  return join(file, 'folder');
}

/** The folder that a start would use. It must find one. */
function foundFor(userData: string, inBase = base): string {
  const found = findSessionFolder(userData, inBase);
  if (found === null) throw new Error('No folder can be written');
  return found;
}

describe("S4: the folder of the runtime's lock, caches and cookies", () => {
  test("is the console's own folder, which is created if it does not exist", () => {
    const userData = join(base, 'new', 'folder');
    expect(foundFor(userData)).toBe(userData);
    expect(statSync(userData).isDirectory()).toBe(true);
  });

  test('is a private folder of the session, the same at each start, if the own folder cannot be written', () => {
    const userData = unwritable();
    const found = foundFor(userData);
    expect(found).not.toBe(userData);
    expect(foundFor(userData)).toBe(found);
    expect(foundFor(`${userData}2`)).not.toBe(found);
    if (process.platform !== 'win32') expect(statSync(found).mode & 0o777).toBe(0o700);
  });

  test("is another one if the session's folder is a link or open to all", notOnWindows('links'), () => {
    const userData = unwritable();
    const found = foundFor(userData);
    rmSync(found, { recursive: true });
    symlinkSync(tmpdir(), found);
    const beside = foundFor(userData);
    expect(beside).not.toBe(found);
    rmSync(beside, { recursive: true });
    rmSync(found);
    mkdirSync(found);
    chmodSync(found, 0o777);
    const again = foundFor(userData);
    expect(again).not.toBe(found);
    rmSync(again, { recursive: true });
  });

  test('is in the temporary folder, the same at each start, if neither the own folder nor that of the session can be written', () => {
    const userData = unwritable();
    const found = foundFor(userData, join(userData, 'session'));
    expect(foundFor(userData, join(userData, 'session'))).toBe(found);
    expect(dirname(found)).toBe(tmpdir());
    rmSync(found, { recursive: true });
  });

  test('is none if no folder at all can be written', () => {
    const userData = unwritable();
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, userData);
    expect(findSessionFolder(userData, userData)).toBeNull();
  });
});

describe('the temporary folder', notOnWindows('links'), () => {
  const chosen = (env: NodeJS.ProcessEnv, userData = join(base, 'own')) => {
    useWritableTemporaryFolder(userData, env);
    return env['TMPDIR'];
  };

  test('is the one that the system names if it can be written', () => {
    expect(chosen({ TMPDIR: base, XDG_RUNTIME_DIR: join(base, 'session') })).toBe(base);
    expect(chosen({})).toBeUndefined();
    expect(readdirSync(base)).toEqual([]);
  });

  test('is that of the session, or /tmp, if the one that the system names cannot be written', () => {
    expect(chosen({ TMPDIR: unwritable(), XDG_RUNTIME_DIR: base })).toBe(base);
    expect(chosen({ TMPDIR: unwritable(), XDG_RUNTIME_DIR: unwritable() })).toBe('/tmp');
    expect(chosen({ TMPDIR: unwritable() })).toBe('/tmp');
  });

  test('is never one in which the path of a socket would be too long', () => {
    expect(chosen({ TMPDIR: unwritable(), XDG_RUNTIME_DIR: join(base, 'x'.repeat(80)) })).toBe('/tmp');
  });
});
