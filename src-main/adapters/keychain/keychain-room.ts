import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isNothingAt } from '../../files/file-trouble.ts';

/** Changing an entry rewrites the whole keychain file, so the disk needs room for a second copy of it. */
const neededBytes = 64 * 1024;

/**
 * Is the disk that holds the keychain's files full? The keychain's error text does not tell a full disk from a folder that cannot
 * be written, and is in the person's language. False if the disk cannot be examined.
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
