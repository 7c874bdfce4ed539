import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * The ID of the process that holds the single-instance lock of a folder, or held it last. Null if no process does, if a process of another
 * computer does, or if that cannot be known, as on Windows. Chromium keeps it as a symbolic link to `COMPUTER-ID`.
 */
export function lockHolder(folder: string): number | null {
  try {
    const [, computer, id] = /^(.*)-(\d+)$/.exec(readlinkSync(join(folder, 'SingletonLock'))) ?? [];
    return computer === hostname() ? Number(id) : null;
  } catch {
    return null;
  }
}
