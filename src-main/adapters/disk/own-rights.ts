import { chmodSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from '../../files/file-trouble.ts';

/** The permission bits of the group and of all others. */
const otherAccounts = 0o077;

/** The umask that the console was started with. Null until {@link keepToOwnAccount} changes it. */
let umaskAtStart: number | null = null;

/**
 * Removes other accounts' access to the console's files: to every file that this process and its children create from now on, and to the
 * folder with the files already in it. Returns false if other accounts can still open the folder, for example on a drive without access
 * rights. Does nothing on Windows, where files inherit the rights of the person's own folder.
 */
export function keepToOwnAccount(folder: string, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32') return true;
  const before = process.umask(otherAccounts);
  umaskAtStart ??= before;
  try {
    const found = statSync(folder);
    // A closed folder closes all that is in it. Looking at each of hundreds of servers' files would delay the start.
    if (isOpen(found)) narrow(folder, found);
    return !isOpen(statSync(folder));
  } catch (thrown) {
    return isAbsent(thrown);
  }
}

/**
 * Calls `start` with the umask that the console was started with. `start` launches an external program before it returns.
 * The files of that program belong to the person: a browser's downloads need not be closed to other accounts.
 */
export function withUmaskOfStart<T>(start: () => T): T {
  if (umaskAtStart === null) return start();
  const own = process.umask(umaskAtStart);
  try {
    return start();
  } finally {
    process.umask(own);
  }
}

/** Descends into a subfolder only if other accounts could reach it. */
function narrow(path: string, found: Stats): void {
  if (isOpen(found)) chmodSync(path, found.mode & 0o7777 & ~otherAccounts);
  if (found.isDirectory()) for (const name of readdirSync(path)) narrowWithin(join(path, name));
}

function narrowWithin(path: string): void {
  try {
    // Links are skipped: their targets do not belong to the console.
    const found = lstatSync(path);
    if (isOpen(found) && (found.isFile() || found.isDirectory())) narrow(path, found);
  } catch {
    // The file is gone or belongs to another account. The closed folder around it protects it anyway.
  }
}

function isOpen({ mode }: Stats): boolean {
  return (mode & otherAccounts) !== 0;
}
