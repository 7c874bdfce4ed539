import { execFileSync, spawnSync } from 'node:child_process';
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
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { repository } from './repository.mjs';

const installer = join(repository, 'src-main/installer');
const packaging = readFileSync(join(repository, 'electron-builder.yml'), 'utf8');
/** A program that prints its arguments and its input, and exits with code 4. */
const program = '#!/bin/sh\nprintf "%s\\0" "$@"\ncat\necho trouble >&2\nexit 4\n';
/** Arguments that a shell would interpret. */
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

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'launchers-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Creates an installation and a link to its launcher, like the one on the `PATH`. */
function install(launcher, { program: at, resources }) {
  for (const path of [at, join(resources, 'x'), 'bin/x']) mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, at), program);
  chmodSync(join(root, at), 0o755);
  const path = join(root, resources, 'license-console');
  copyFileSync(join(installer, launcher), path);
  chmodSync(path, 0o755);
  symlinkSync(path, join(root, 'bin/first'));
  symlinkSync('first', join(root, 'bin/license-console'));
  return join(root, 'bin/license-console');
}

describe.skipIf(process.platform === 'win32').each([
  {
    launcher: 'linux-launcher.sh',
    places: {
      program: 'opt/Fusion License Console/fusion-license-console',
      resources: 'opt/Fusion License Console/resources',
    },
    switches: ['--ozone-platform=headless', '--disable-gpu', '--log-level=3'],
  },
  {
    launcher: 'macos-launcher.sh',
    places: {
      program: 'Fusion License Console.app/Contents/MacOS/Fusion License Console',
      resources: 'Fusion License Console.app/Contents/Resources',
    },
    switches: ['--disable-gpu', '--log-level=3'],
  },
])('$launcher', ({ launcher, places, switches }) => {
  test('passes on words unchanged, input, both outputs and the exit code, even through links', () => {
    const command = install(launcher, places);
    const words = ['remove', '--server=Store 014 "north"', ...hostile, '--yes'];
    const { stdout, stderr, status } = spawnSync(command, words, { input: 'given\n', cwd: root, encoding: 'utf8' });
    expect(stdout.split('\0')).toEqual([...switches, '--', '--command', ...words, 'given\n']);
    expect({ stderr, status }).toEqual({ stderr: 'trouble\n', status: 4 });
  });

  test('is in the package under its plain name, and valid for the shell', () => {
    expect(packaging).toContain(`from: src-main/installer/${launcher}\n      to: license-console\n`);
    execFileSync('sh', ['-n', join(installer, launcher)]);
  });
});

describe('the launcher of Windows', () => {
  const script = readFileSync(join(installer, 'windows-launcher.ps1'), 'utf8');

  test('has both of its files in the package, next to each other', () => {
    for (const kind of ['cmd', 'ps1'])
      expect(packaging).toContain(
        `from: src-main/installer/windows-launcher.${kind}\n      to: license-console.${kind}\n`,
      );
    expect(readFileSync(join(installer, 'windows-launcher.cmd'), 'utf8')).toContain('"%~dp0license-console.ps1" %*');
  });

  test('passes the options that the program reads, and starts the packaged program', () => {
    const commandLine = readFileSync(join(repository, 'src-main/start/command-line.ts'), 'utf8');
    for (const said of ['terminal-columns', 'cancel-when-input-ends', '--command']) {
      expect(script).toContain(said);
      expect(commandLine).toContain(said);
    }
    expect(script).toContain(String.raw`'..\Fusion License Console.exe'`);
    expect(packaging).toContain('productName: Fusion License Console\n');
  });

  test('starts no program by its bare name, which Windows would look for in the current folder first', () => {
    const lines = readFileSync(join(installer, 'windows-launcher.cmd'), 'utf8').split(/\r?\n/);
    const programs = lines.filter((line) => line !== '' && !/^(@echo|rem|exit) /.test(line));
    expect(programs).toHaveLength(1);
    expect(programs[0]).toMatch(/^"%SystemRoot%\\System32\\[^"]+\.exe" /);
  });

  test('contains only ASCII, since Windows PowerShell reads a file without a byte order mark in another encoding', () => {
    expect(script).toMatch(/^[\n\x20-\x7e]*$/);
  });
});
