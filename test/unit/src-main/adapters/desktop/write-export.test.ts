import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { notWrittenReason, writeExport } from '../../../../../src-main/adapters/desktop/write-export.ts';
import { keepToOwnAccount } from '../../../../../src-main/adapters/disk/own-rights.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

const faults = vi.hoisted(() => ({ code: '' }));

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeFile = (...given: Parameters<typeof fs.writeFile>): void => {
    if (faults.code === '') return fs.writeFile(...given);
    const done = given.at(-1) as (error: Error) => void;
    fs.writeSync(given[0] as number, 'a par');
    done(Object.assign(new Error('no'), { code: faults.code }));
  };
  return { ...fs, writeFile };
});

const fresh = () => join(mkdtempSync(join(tmpdir(), 'export-')), 'summary.pdf');

describe('writing a file for a person', () => {
  it('writes texts and bytes, and replaces all of an older file', async () => {
    const path = fresh();
    writeFileSync(path, 'an older and longer file');
    await writeExport(path, 'Ünicode');
    expect(readFileSync(path, 'utf8')).toBe('Ünicode');
    await writeExport(path, new Uint8Array([37, 80, 68, 70]));
    expect(readFileSync(path, 'latin1')).toBe('%PDF');
  });

  it('leaves no part of a file if the disk is full', async () => {
    const path = fresh();
    faults.code = 'ENOSPC';
    const written = writeExport(path, 'a part').catch(notWrittenReason);
    expect(await written.finally(() => (faults.code = ''))).toBe('full');
    expect(existsSync(path)).toBe(false);
  });

  it('names a missing folder, and a folder in the place of the file', async () => {
    const path = fresh();
    expect(await writeExport(join(path, 'summary.pdf'), '').catch(notWrittenReason)).toBe('no_folder');
    expect(await writeExport(join(path, '..'), '').catch(notWrittenReason)).toBe('other');
  });

  it("gives the file the permissions that the person's umask allows", notOnWindows('modeBits'), async () => {
    const own = process.umask(0o022);
    const path = fresh();
    keepToOwnAccount(join(path, '..'));
    await writeExport(path, 'read by the colleagues');
    process.umask(own);
    expect(statSync(path).mode & 0o777).toBe(0o644);
  });
});

it.each([
  ['ENOSPC', 'full'],
  ['EACCES', 'refused'],
  ['EROFS', 'refused'],
  ['EBUSY', 'in_use'],
  ['EIO', 'other'],
])('%s means %s', (code, reason) => {
  expect(notWrittenReason(Object.assign(new Error(code), { code }))).toBe(reason);
});
