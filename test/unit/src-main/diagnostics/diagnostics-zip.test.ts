import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate/browser';
import { afterAll, describe, expect, it } from 'vitest';
import { zipOf } from '../../../../src-main/diagnostics/diagnostics-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'diagnostics-zip-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = [
  { name: 'README.txt', kind: 'readme' as const, bytes: new TextEncoder().encode('What each file is – Größe\n') },
  { name: 'logs/console.log', kind: 'log' as const, bytes: new TextEncoder().encode('a line\n'.repeat(20_000)) },
];

/** Other programs that open a zip, each with its command that tests the zip. */
const openers: readonly [program: string, ...args: string[]][] = [
  ['unzip', '-t'],
  ['python3', '-m', 'zipfile', '-t'],
  ['7z', 't'],
];

describe('the zip of the diagnostics', () => {
  it('has the same bytes as the files', () => {
    const unzipped = unzipSync(zipOf(files, Date.UTC(2026, 10, 29)));
    expect(Object.keys(unzipped)).toEqual(files.map(({ name }) => name));
    for (const { name, bytes } of files) expect(unzipped[name]).toEqual(bytes);
  });

  it.each(openers)('can be opened by %s, if that is installed', (program, ...args) => {
    const zip = join(folder, 'd.zip');
    writeFileSync(zip, zipOf(files, Date.UTC(2026, 10, 29)));
    try {
      execFileSync(program, [...args, zip], { stdio: 'pipe' });
    } catch (thrown) {
      expect((thrown as NodeJS.ErrnoException).code, String(thrown)).toBe('ENOENT');
    }
  });

  it.each([0, Date.UTC(1970, 0, 1), Date.UTC(1980, 0, 1), Date.UTC(2107, 0, 1), 8_640_000_000_000_000])(
    'can be made while the clock is wrong: %d',
    (at) => {
      expect(Object.keys(unzipSync(zipOf(files, at)))).toHaveLength(2);
    },
  );
});
