import { chmodSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from '../files/file-trouble.ts';

/** Group and all others. */
const otherAccounts = 0o077;

/**
 * Keeps what the console has on disk to its own account: whatever this process and its children make from now on, and what stands
 * in the folder already. False where the folder stays open to other accounts, as on a drive that knows no rights. On Windows
 * rights come from the person's own folder, and nothing is done.
 */
export function keepToOwnAccount(folder: string, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32') return true;
  process.umask(otherAccounts);
  try {
    narrow(folder, statSync(folder));
    return !isOpen(statSync(folder));
  } catch (thrown) {
    return isAbsent(thrown);
  }
}

/** A folder that was closed already kept all that is in it; one that was open is gone through. */
function narrow(path: string, found: Stats): void {
  if (isOpen(found)) chmodSync(path, found.mode & 0o7777 & ~otherAccounts);
  if (found.isDirectory()) for (const name of readdirSync(path)) narrowWithin(join(path, name));
}

function narrowWithin(path: string): void {
  try {
    // What a link leads to is not the console's.
    const found = lstatSync(path);
    if (isOpen(found) && (found.isFile() || found.isDirectory())) narrow(path, found);
  } catch {
    // It is gone, or another account's: the folder around it keeps it all the same.
  }
}

function isOpen({ mode }: Stats): boolean {
  return (mode & otherAccounts) !== 0;
}
