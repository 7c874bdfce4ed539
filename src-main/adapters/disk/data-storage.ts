import { randomBytes } from 'node:crypto';
import { statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, succeed } from '../../../src-shared/result.ts';
import { removeIfPossible } from '../../files/replace-file.ts';
import type { DataStorage } from '../../preflight/preflight-scene.ts';

/** As large as a block of most disks: an empty file can be written to a disk that is full. */
const trialBytes = 4096;

/** The folder of the settings and the license. */
export function createDataStorage(folder: string): DataStorage {
  return {
    async freeBytes() {
      try {
        const { bavail, bsize } = await statfs(folder);
        return bavail * bsize;
      } catch {
        return null;
      }
    },
    async tryWriting() {
      const tried = join(folder, `write-test-${randomBytes(8).toString('hex')}`);
      try {
        await writeFile(tried, Buffer.alloc(trialBytes), { flag: 'wx', mode: 0o600 });
        return succeed(null);
      } catch {
        return fail('settings_not_written');
      } finally {
        removeIfPossible(tried);
      }
    },
  };
}
