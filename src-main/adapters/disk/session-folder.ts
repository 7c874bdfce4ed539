import { createHash, randomBytes } from 'node:crypto';
import { closeSync, lstatSync, mkdirSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeIfPossible } from '../../files/replace-file.ts';

/** The system's folder for one session's files, private to the account. The temporary folder if the system has none. */
function sessionBase(): string {
  return process.env['XDG_RUNTIME_DIR'] || tmpdir();
}

/**
 * Where Electron keeps its lock, caches and cookies: the person's folder for this console or, if that cannot be written, a folder
 * of the session. If Electron cannot write its lock, it takes the console for a second instance and ends it. The result is the
 * same for every start with the same folder and person, so that only one console runs.
 */
export function findSessionFolder(userData: string, base = sessionBase()): string {
  return isWritable(userData) ? userData : ownFolderFor(userData, base);
}

/**
 * A folder with a short path that only this account can use. It is the same at each call for the same folder, so the next run
 * reuses what a killed run left. If another account has taken its name, a new folder with a random name is made.
 */
export function ownFolderFor(folder: string, base = sessionBase()): string {
  const name = createHash('sha256')
    .update(`${process.getuid?.() ?? 'me'}\n${folder}`)
    .digest('hex')
    .slice(0, 16);
  const own = join(base, `fusion-license-console-${name}`);
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 });
    if (isOwn(own)) return own;
  } catch {
    // A file has this name, or `base` cannot be written. For this run a new folder with a random name is as good.
  }
  return mkdtempSync(join(tmpdir(), 'fusion-license-console-'));
}

/** Tests by writing a file: `access` ignores the access control lists of Windows, and may be out of date for a network folder. */
function isWritable(folder: string): boolean {
  const tried = join(folder, `write-test-${randomBytes(8).toString('hex')}`);
  try {
    mkdirSync(folder, { recursive: true });
    closeSync(openSync(tried, 'wx', 0o600));
    removeIfPossible(tried);
    return true;
  } catch {
    return false;
  }
}

/** In a folder that all accounts share, another account may have created this folder, or a link in its place. */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder);
  if (!found.isDirectory()) return false;
  const uid = process.getuid?.();
  return uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0);
}
