import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The tests simulate a small disk with a mount, which needs root. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

/** Moves a folder to a separate full disk. `makeRoom` frees space on it; `putBack` restores the folder. */
export async function fillDisk(folder: string): Promise<{ makeRoom(): Promise<void>; putBack(): Promise<void> }> {
  const filling = join(folder, 'filling');
  const copy = await mkdtemp(join(tmpdir(), 'license-console-disk-'));
  await copyAll(folder, copy);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=32m,mode=700', 'tmpfs', folder]);
  await copyAll(copy, folder);
  await writeFile(filling, Buffer.alloc(32 * 1024 * 1024)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOSPC') throw error;
  });
  return {
    makeRoom: () => rm(filling),
    async putBack() {
      await run('umount', [folder]);
      await rm(copy, { recursive: true });
    },
  };
}

async function copyAll(from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    await cp(join(from, name), join(to, name), { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  }
}
