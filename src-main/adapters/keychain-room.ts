import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isNothingAt } from '../files/file-trouble.ts';

/** A keychain file with what this console keeps in it is rewritten as a whole. */
const neededBytes = 64 * 1024;

/**
 * Is the disk full that holds the keychain's files? The keychains' own words do not tell that from a folder that cannot be
 * written, and come in the person's language. False where it cannot be found out.
 */
export async function isKeychainDiskFull(folder = keychainFolder()): Promise<boolean> {
  try {
    const { bavail, bsize, files, ffree } = await statfs(folder);
    return bavail * bsize < neededBytes || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}

function keychainFolder(): string {
  const { APPDATA, XDG_DATA_HOME } = process.env;
  if (process.platform === 'win32') return APPDATA ?? homedir();
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Keychains');
  const data = XDG_DATA_HOME || join(homedir(), '.local', 'share');
  const keyrings = join(data, 'keyrings');
  return isNothingAt(keyrings) ? data : keyrings;
}
