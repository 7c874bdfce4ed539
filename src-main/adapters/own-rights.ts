import { chmodSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAbsent } from '../files/file-trouble.ts';

/** Group and all others. */
const otherAccounts = 0o077;

/** The umask that the console was started with. Null while it still has it. */
let umaskAtStart: number | null = null;

/**
 * Closes the console's files to other accounts: those that this process and its children make from now on, and those in the folder.
 * False where the folder stays open to other accounts, as on a drive without access rights. On Windows nothing is done, since files
 * there have the rights of the person's own folder.
 */
export function keepToOwnAccount(folder: string, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === 'win32') return true;
  const before = process.umask(otherAccounts);
  umaskAtStart ??= before;
  try {
    narrow(folder, statSync(folder));
    return !isOpen(statSync(folder));
  } catch (thrown) {
    return isAbsent(thrown);
  }
}

/**
 * Calls `start` with the umask that the console was started with. `start` starts an outside program, and has started it when it returns.
 * The files of such a program belong to the person: a browser's downloads need not be closed to other accounts.
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

/** The console's folder is looked through at each start. A folder in it is looked through only where others could reach it before. */
function narrow(path: string, found: Stats): void {
  if (isOpen(found)) chmodSync(path, found.mode & 0o7777 & ~otherAccounts);
  if (found.isDirectory()) for (const name of readdirSync(path)) narrowWithin(join(path, name));
}

function narrowWithin(path: string): void {
  try {
    // The target of a link is not the console's.
    const found = lstatSync(path);
    if (isOpen(found) && (found.isFile() || found.isDirectory())) narrow(path, found);
  } catch {
    // It has gone, or belongs to another account. The closed folder around it protects it anyway.
  }
}

function isOpen({ mode }: Stats): boolean {
  return (mode & otherAccounts) !== 0;
}
