import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiagnosticsFiles } from '../../../../../src-main/adapters/disk/diagnostics-files.ts';
import { notOnWindows } from '../../../../fakes/on-windows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diagnostics-files-'));
  mkdirSync(join(folder, 'logs'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the end of a file', () => {
  it('is the whole file if that is small', async () => {
    writeFileSync(join(folder, 'logs/console.log'), 'one\ntwo\n');
    const files = createDiagnosticsFiles(folder);
    expect(await files.readEnd('logs/console.log', 100)).toEqual({ text: 'one\ntwo\n', leftOutBytes: 0 });
  });

  it('begins with a whole line if the file is larger', async () => {
    writeFileSync(join(folder, 'logs/console.log'), 'one\ntwo\nthree\n');
    const files = createDiagnosticsFiles(folder);
    expect(await files.readEnd('logs/console.log', 8)).toEqual({ text: 'three\n', leftOutBytes: 8 });
  });

  it('is null without a file', async () => {
    expect(await createDiagnosticsFiles(folder).readEnd('logs/console.log', 8)).toBeNull();
    expect(await createDiagnosticsFiles(join(folder, 'gone')).readEnd('logs/console.log', 8)).toBeNull();
  });

  it('is not read from anything but a file, and the error names no folder', async () => {
    mkdirSync(join(folder, 'logs/console.log'));
    const reading = createDiagnosticsFiles(folder).readEnd('logs/console.log', 8);
    const thrown: unknown = await reading.catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Error);
    expect(String(thrown)).not.toContain(folder);
  });
});

describe('the list of the data folder', () => {
  it('has names, sizes and times, including those in subfolders', async () => {
    writeFileSync(join(folder, 'settings.json'), '{}');
    writeFileSync(join(folder, 'logs/console.log'), 'line\n');
    const listed = await createDiagnosticsFiles(folder).list();
    expect(listed.map(({ path, bytes }) => [path, path.endsWith('/') ? 0 : bytes])).toEqual(
      expect.arrayContaining([
        ['settings.json', 2],
        ['logs/', 0],
        ['logs/console.log', 5],
      ]),
    );
    for (const { changedAt } of listed) expect(changedAt).toBeGreaterThan(0);
  });

  it('does not follow a link', notOnWindows('links'), async () => {
    symlinkSync('/', join(folder, 'link'));
    const listed = await createDiagnosticsFiles(folder).list();
    expect(listed.map(({ path }) => path).toSorted()).toEqual(['link', 'logs/']);
  });

  it('throws only the system’s error code if the folder cannot be read', async () => {
    const listing = createDiagnosticsFiles(join(folder, 'gone')).list();
    await expect(listing).rejects.toThrow(/^ENOENT$/);
  });
});
