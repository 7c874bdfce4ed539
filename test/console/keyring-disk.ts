import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The disk that holds the test session's keyring becomes a full one, until there is room again or it is put back. */
export async function fillKeyringDisk(): Promise<{ makeRoom(): Promise<void>; putBack(): Promise<void> }> {
  const folder = join(process.env['XDG_DATA_HOME'] ?? '', 'keyrings');
  const filling = join(folder, 'filling');
  await withCopy(folder, async () => {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=512k,mode=700', 'tmpfs', folder]);
  });
  await writeFile(filling, Buffer.alloc(1024 * 1024)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOSPC') throw error;
  });
  return {
    makeRoom: () => rm(filling),
    async putBack() {
      await rm(filling, { force: true });
      await withCopy(folder, async () => {
        await run('umount', [folder]);
      });
    },
  };
}

/** The keyring's files are in the folder after the change as they were before it. */
async function withCopy(folder: string, change: () => Promise<void>): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'license-console-keyrings-'));
  const keyrings = (await readdir(folder)).filter((name) => /\.(keyring|keystore)$/.test(name));
  const copyAll = (from: string, to: string) =>
    Promise.all(keyrings.map((name) => cp(join(from, name), join(to, name), { preserveTimestamps: true })));
  await copyAll(folder, copy);
  await change();
  await copyAll(copy, folder);
  await rm(copy, { recursive: true });
}

/** A small disk needs a mount, and a mount needs root. */
export const mayMount = process.platform === 'linux' && process.getuid?.() === 0;
