import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findSessionFolder } from '../../../../../src-main/adapters/disk/session-folder.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'session-folder-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** A path that no account can make a folder of. */
function unwritable(): string {
  const file = join(base, 'file');
  writeFileSync(file, '');
  return join(file, 'folder');
}

describe("S4: the folder of the runtime's lock, caches and cookies", () => {
  test("is the console's own folder, which is created if it does not exist", () => {
    const userData = join(base, 'new', 'folder');
    expect(findSessionFolder(userData, base)).toBe(userData);
    expect(statSync(userData).isDirectory()).toBe(true);
  });

  test('is a private folder of the session, the same at each start, if the own folder cannot be written', () => {
    const userData = unwritable();
    const found = findSessionFolder(userData, base);
    expect(found).not.toBe(userData);
    expect(findSessionFolder(userData, base)).toBe(found);
    expect(findSessionFolder(`${userData}2`, base)).not.toBe(found);
    if (process.platform !== 'win32') expect(statSync(found).mode & 0o777).toBe(0o700);
  });

  test("is another one if the session's folder is a link or open to all", notOnWindows('links'), () => {
    const userData = unwritable();
    const found = findSessionFolder(userData, base);
    rmSync(found, { recursive: true });
    symlinkSync(tmpdir(), found);
    const beside = findSessionFolder(userData, base);
    expect(beside).not.toBe(found);
    rmSync(beside, { recursive: true });
    rmSync(found);
    mkdirSync(found);
    chmodSync(found, 0o777);
    const again = findSessionFolder(userData, base);
    expect(again).not.toBe(found);
    rmSync(again, { recursive: true });
  });
});
