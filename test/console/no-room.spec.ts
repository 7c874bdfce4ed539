import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appFolder, ConsoleApp, electronPath } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { mayMount } from './full-disk.ts';
import { Command } from './terminal.ts';

/** The folders of a start. Folders that are not named here can be written. */
interface Folders {
  readonly userData?: string;
  readonly XDG_RUNTIME_DIR?: string;
  readonly TMPDIR?: string;
}

const mounted: string[] = [];
const newFolder = () => mkdtempSync(join(tmpdir(), 'license-console-'));

function mount(options: string): string {
  const folder = newFolder();
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  mounted.push(folder);
  return folder;
}

const readOnly = () => mount('ro,mode=700');
/** A disk with room for names, but not for the content of a file. */
const full = () => filled(mount('size=64k,mode=700'), 64 * 1024);
/** A disk on which no file can be created. */
const withoutFiles = () => filled(mount('nr_inodes=2,mode=700'), 0);

function filled(folder: string, bytes: number): string {
  try {
    writeFileSync(join(folder, 'filling'), Buffer.alloc(bytes));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown;
  }
  return folder;
}

function file(): string {
  const path = join(newFolder(), 'file');
  writeFileSync(path, '');
  return path;
}

const starts: Readonly<Record<string, () => Folders>> = {
  'a data folder that is read-only': () => ({ userData: readOnly() }),
  'a data folder on a full disk': () => ({ userData: full() }),
  'a data folder that takes no new file': () => ({ userData: withoutFiles() }),
  'a file in the place of the data folder': () => ({ userData: file() }),
  'a temporary folder that is read-only': () => ({ TMPDIR: readOnly() }),
  'a temporary folder on a full disk': () => ({ TMPDIR: full() }),
  'a temporary folder that takes no new file': () => ({ TMPDIR: withoutFiles() }),
  'a file in the place of the temporary folder': () => ({ TMPDIR: file() }),
  'a read-only folder of the session': () => ({ XDG_RUNTIME_DIR: readOnly() }),
  'a data folder and a folder of the session that are read-only': () => ({
    userData: readOnly(),
    XDG_RUNTIME_DIR: readOnly(),
  }),
  'three full disks': () => ({ userData: full(), XDG_RUNTIME_DIR: full(), TMPDIR: full() }),
};

test.describe('@lifecycle a start without a folder to write to', () => {
  test.skip(!mayMount, 'A small disk can be made by root alone');
  test.afterEach(() => {
    for (const folder of mounted.splice(0)) spawnSync('umount', ['--lazy', folder]);
  });

  for (const [what, folders] of Object.entries(starts)) {
    test(`${what}: a command answers, and the window opens`, async () => {
      const { userData = newFolder(), ...env } = folders();
      const { exitCode, out } = await new Command(userData, ['status'], { env }).ended();
      expect({ exitCode, out: out.trim() }).toEqual({ exitCode: 3, out: '' });
      const app = await ConsoleApp.launch({ userData, env });
      await expect(app.page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
      await app.close();
    });
  }

  for (const words of [['--background'], ['--', '--command', 'status']]) {
    test(`no folder at all: a message and an exit code of ${words.at(-1)}`, () => {
      const userData = readOnly();
      // The system's own `/tmp` can be written here, so only a separate namespace can make it read-only.
      const script = 'mount --bind /tmp /tmp && mount -o remount,bind,ro /tmp && exec "$@"';
      const console = ['--no-sandbox', '--ozone-platform=headless', `--user-data-dir=${userData}`, appFolder, ...words];
      const env = { ...process.env, XDG_RUNTIME_DIR: readOnly(), TMPDIR: '/tmp' };
      const args = ['--mount', 'sh', '-c', script, 'sh', electronPath(), ...console];
      const { status, stderr } = spawnSync('unshare', args, { encoding: 'utf8', timeout: 30_000, env });
      expect(status).toBe(1);
      expect(stderr).toContain('cannot write files');
      expect(stderr).toContain('(no_folder_writable)');
      expect(stderr).not.toContain('    at ');
    });
  }
});
