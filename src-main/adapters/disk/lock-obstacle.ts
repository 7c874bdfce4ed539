import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { type Failure, failure } from '../../../src-shared/result.ts';

/** The symbolic links that Chromium makes to take the single-instance lock on Linux and macOS. */
const lockLinks = ['SingletonLock', 'SingletonCookie', 'SingletonSocket'];

/**
 * `lock_obstructed`, with the path of a file or folder that lies in the place of a link of the lock. Null if there is none. Chromium removes links that a
 * process left, but not a file or folder. It then refuses the lock, as if another process held it.
 */
export function lockObstacle(folder: string): Failure | null {
  const path = lockLinks.map((name) => join(folder, name)).find(isFileOrFolder);
  return path === undefined ? null : failure('lock_obstructed', { facts: { path } });
}

function isFileOrFolder(path: string): boolean {
  try {
    const found = lstatSync(path);
    return found.isFile() || found.isDirectory();
  } catch {
    return false;
  }
}
