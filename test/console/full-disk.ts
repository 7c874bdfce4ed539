import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A small disk needs a mount, and a mount needs root. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

/** A folder comes to stand on a disk of its own that is full, until there is room again or it is put back. */
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
