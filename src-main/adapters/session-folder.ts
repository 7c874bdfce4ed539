import { createHash, randomBytes } from 'node:crypto';
import { closeSync, lstatSync, mkdirSync, mkdtempSync, openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeIfPossible } from '../files/replace-file.ts';

/** Where the system keeps what goes with a session, for one account alone where it has such a place. */
function sessionBase(): string {
  return process.env['XDG_RUNTIME_DIR'] || tmpdir();
}

/**
 * Where the runtime keeps its lock, caches and cookies: the person's folder for this console or, where that cannot be written,
 * one that goes with the session. Without a place for its lock the runtime takes the console for a second one and ends it.
 * The same for every start of the same folder and person, so that there still is one console only.
 */
export function findSessionFolder(userData: string, base = sessionBase()): string {
  return isWritable(userData) ? userData : ownFolderFor(userData, base);
}

/**
 * A folder of this account alone, short, the same at each call for the same folder: a run that was killed leaves nothing but
 * what the next one takes over. Where somebody else has taken its place, one that nobody can have prepared.
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
    // Somebody else's, or no folder: one that nobody can have prepared is as good for this run.
  }
  return mkdtempSync(join(tmpdir(), 'fusion-license-console-'));
}

/** By writing: Windows answers the question without its access lists, and a network folder by what it was told at first. */
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

/** In a folder that all accounts share, another one may have made it, or put a link there. */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder);
  if (!found.isDirectory()) return false;
  const uid = process.getuid?.();
  return uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0);
}
