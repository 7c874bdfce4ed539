import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAbsent, isHeld } from '../../../../src-main/files/file-trouble.ts';
import { FileInUseError, renameOver, replaceFile, retryPausesMs } from '../../../../src-main/files/replace-file.ts';
import { HeldFile } from '../../../fakes/held-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replace-'));
  path = join(folder, 'a.json');
  writeFileSync(path, 'before');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const trouble = (code: string) => Object.assign(new Error(code), { code });

describe('an error of the file system', () => {
  it.each([
    ['ENOENT', true, false, false],
    ['ENOTDIR', true, false, false],
    ['EACCES', false, true, false],
    ['EPERM', false, true, false],
    ['EBUSY', false, true, false],
    ['ETXTBSY', false, false, false],
    ['EIO', false, false, false],
    ['ELOOP', false, false, false],
    ['ENAMETOOLONG', false, false, false],
    ['ENXIO', false, false, false],
    ['ESTALE', false, false, false],
    ['ETIMEDOUT', false, false, false],
    ['EMFILE', false, false, false],
    ['ENOSPC', false, false, false],
    ['UNKNOWN', false, false, false],
  ])('%s means: absent %s, locked on Windows %s, locked elsewhere %s', (code, absent, onWindows, elsewhere) => {
    const thrown = trouble(code);
    expect([isAbsent(thrown), isHeld(thrown, 'win32'), isHeld(thrown, 'linux')]).toEqual([
      absent,
      onWindows,
      elsewhere,
    ]);
  });

  it('without a code means neither absent nor locked', () => {
    for (const thrown of [new Error('ENOENT'), 'ENOENT', null, undefined, { code: 'ENOENT' }])
      expect([isAbsent(thrown), isHeld(thrown, 'win32')]).toEqual([false, false]);
  });
});

describe('a file that another program has locked', () => {
  it.each([1, 3, retryPausesMs.length])('is replaced once it is free, after %s tries', async (tries) => {
    const held = new HeldFile(tries, 'EPERM');
    await replaceFile(path, 'after', held.steps);
    expect(readFileSync(path, 'utf8')).toBe('after');
    expect(held.waits).toEqual(retryPausesMs.slice(0, tries));
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('stays as it was if it is locked for more than about a second, with an error that says so', async () => {
    const held = new HeldFile(1_000, 'EBUSY');
    await expect(replaceFile(path, 'after', held.steps)).rejects.toBeInstanceOf(FileInUseError);
    expect(held.waits.reduce((sum, ms) => sum + ms, 0)).toBe(1_000);
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it.each(['ENOSPC', 'EROFS', 'EXDEV', 'ENOENT'])('is not assumed for %s, so there is no second try', async (code) => {
    const held = new HeldFile(1, code);
    await expect(replaceFile(path, 'after', held.steps)).rejects.toMatchObject({ code });
    expect(held.waits).toEqual([]);
  });

  it('is not assumed for a folder in its place, so there is no second try', async () => {
    const target = join(folder, 'b');
    mkdirSync(target);
    const held = new HeldFile(1, 'EPERM');
    await expect(renameOver(path, target, held.steps)).rejects.toMatchObject({ code: 'EPERM' });
    expect(held.waits).toEqual([]);
  });
});
