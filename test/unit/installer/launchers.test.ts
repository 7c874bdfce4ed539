import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const sourceOf = (name: string) => join(import.meta.dirname, '../../../src-main/installer', name);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flc launcher '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that says its arguments, each ended by a NUL. */
function place(program: string, launcher: string, source: string): string {
  for (const path of [program, launcher]) mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, program), '#!/bin/sh\nprintf "%s\\0" "$@"\n');
  copyFileSync(sourceOf(source), join(folder, launcher));
  for (const path of [program, launcher]) chmodSync(join(folder, path), 0o755);
  const link = join(folder, 'license-console');
  symlinkSync(join(folder, launcher), link);
  return link;
}

const hostile = [
  'two words',
  '$(id)',
  '`id`',
  '; id',
  '"',
  "'",
  '',
  '*',
  '--',
  '-x',
  '\\',
  'a\nb',
  '--command',
  '%PATH%',
];

describe.runIf(process.platform !== 'win32')('the launchers of the terminal', () => {
  test.each([
    ['Linux', 'opt/fusion-license-console', 'opt/resources/license-console', 'linux-launcher.sh'],
    [
      'macOS',
      'F.app/Contents/MacOS/Fusion License Console',
      'F.app/Contents/Resources/license-console',
      'macos-launcher.sh',
    ],
  ])(
    '%s: each argument arrives as it was said, behind the marker, through a link and a folder with spaces',
    (...placed) => {
      const [, program, launcher, source] = placed;
      const said = execFileSync(place(program, launcher, source), hostile, { encoding: 'utf8', cwd: folder }).split(
        '\0',
      );
      const marker = said.indexOf('--command');
      expect(said[marker - 1]).toBe('--');
      expect(said.slice(marker + 1, -1)).toEqual(hostile);
    },
  );

  test('Windows: no program by its name alone, which would be looked for in the current folder first', () => {
    const lines = readFileSync(sourceOf('windows-launcher.cmd'), 'utf8').split(/\r?\n/);
    const programs = lines.filter((line) => line !== '' && !/^(@echo|rem|exit) /.test(line));
    expect(programs).toHaveLength(1);
    expect(programs[0]).toMatch(/^"%SystemRoot%\\System32\\[^"]+\.exe" /);
  });
});
