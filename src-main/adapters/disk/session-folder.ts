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
 * Where Electron keeps its lock, caches and cookies: the person's folder for this console or, if that cannot be written, a folder of the
 * session. If Electron cannot write its lock, it treats the console as a second instance and ends it. The result is the same for every
 * start with the same folder and person, so that only one console runs. Null if no folder can be written.
 */
export function findSessionFolder(userData: string, base = sessionBase()): string | null {
  if (isWritable(userData)) return userData;
  try {
    const own = ownFolderFor(userData, base);
    return isWritable(own) ? own : null;
  } catch {
    return null;
  }
}

/** The longest path of a temporary folder in bytes. Chromium's socket in it must not get longer than a socket's path may be. */
const longestTemporaryFolder = 70;

/**
 * If the system's temporary folder cannot be written, makes this process and its children use another one: the session's folder, `/tmp`, or
 * `userData`. Chromium keeps the socket of its lock there, and without it treats every start as a second one.
 */
export function useWritableTemporaryFolder(userData: string, env: NodeJS.ProcessEnv = process.env): void {
  if (process.platform === 'win32' || isWritable(env['TMPDIR'] || '/tmp')) return;
  const found = [env['XDG_RUNTIME_DIR'], '/tmp', userData].find(
    (folder) => folder && Buffer.byteLength(folder) <= longestTemporaryFolder && isWritable(folder),
  );
  if (found) env['TMPDIR'] = found;
}

/**
 * A folder with a short path that only this account can use. It is the same at each call for the same folder, so the next run
 * reuses what a killed run left. If it cannot be made in `base`, it is in the temporary folder. If another account has taken its name
 * there too, a new folder with a random name is made. Throws if none can be made.
 */
export function ownFolderFor(folder: string, base = sessionBase()): string {
  const name = createHash('sha256')
    .update(`${process.getuid?.() ?? 'me'}\n${folder}`)
    .digest('hex')
    .slice(0, 16);
  for (const place of [base, tmpdir()]) {
    const own = join(place, `fusion-license-console-${name}`);
    try {
      mkdirSync(own, { recursive: true, mode: 0o700 });
      if (isOwn(own)) return own;
    } catch {
      // A file has this name, or the place cannot be written. As a last resort, this run uses a new folder with a random name.
    }
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
