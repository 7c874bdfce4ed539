import { closeSync, mkdtempSync, openSync, realpathSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { z } from 'zod/mini';
import { lookAt } from '../../files/file-trouble.ts';
import { FileTooLargeError, NotAFileError, readText } from '../../files/read-file.ts';

const largestFileBytes = 64 * 1024;

/** Where a file of the administrator is, and who may own it: root, whose id is 0, unless this is a test. */
export interface AdministratorPlace {
  readonly file: string;
  readonly owner: number;
}

/** The content of a file of the administrator, or why the file is refused. */
type AdministratorFile<T> =
  | { readonly state: 'none' }
  | { readonly state: 'refused'; readonly reason: 'writable' | 'unreadable' | 'malformed' }
  | { readonly state: 'read'; readonly value: T };

/**
 * Where an administrator puts a file for this console. On Windows it is not below ProgramData. There any account may create a
 * folder and, as its owner, deny all others write access, so that the folder looks like an administrator's.
 */
export function administratorFile(name: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === 'win32')
    return `${env['CommonProgramFiles'] ?? 'C:\\Program Files\\Common Files'}\\Fusion License Console\\${name}`;
  if (platform === 'darwin') return `/Library/Application Support/Fusion License Console/${name}`;
  return `/etc/fusion-license-console/${name}`;
}

/** Reads a JSON file of the administrator. A file that ordinary users can write is refused, because every account trusts its content. */
export function readAdministratorFile<T extends z.ZodMiniType>(
  { file, owner }: AdministratorPlace,
  schema: T,
): AdministratorFile<z.infer<T>> {
  try {
    if (!lookAt(file)) return { state: 'none' };
    if (!isAdministratorsAlone(file, owner)) return { state: 'refused', reason: 'writable' };
    const parsed = schema.safeParse(jsonOf(file));
    return parsed.success ? { state: 'read', value: parsed.data } : { state: 'refused', reason: 'malformed' };
  } catch (thrown) {
    // If access failed, a file may still be there.
    const isOther = thrown instanceof FileTooLargeError || thrown instanceof NotAFileError;
    return { state: 'refused', reason: isOther ? 'malformed' : 'unreadable' };
  }
}

/**
 * Can only an administrator change the file? On POSIX: the file and its folder belong to root, neither group nor others can write
 * to them, and in no folder above can others replace a part of the path. Windows has no such bits. There this can only try whether
 * the account that runs the console can write to the file or into its folder.
 */
function isAdministratorsAlone(file: string, owner: number): boolean {
  if (process.platform === 'win32') return !canWrite(file) && !canCreateIn(dirname(file));
  const real = realpathSync(file);
  const isTheirs = [real, dirname(real), dirname(file)].every((path) => {
    const found = lookAt(path);
    return found !== null && found.uid === owner && (found.mode & 0o022) === 0;
  });
  return (
    isTheirs && [...foldersAbove(dirname(real)), ...foldersAbove(dirname(file))].every((path) => keeps(path, owner))
  );
}

function foldersAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [] : [above, ...foldersAbove(above)];
}

/** Are the folder's entries safe from being renamed by others? In a sticky folder each account can rename only its own entries. */
function keeps(folder: string, owner: number): boolean {
  const found = lookAt(folder);
  if (found === null || (found.uid !== owner && found.uid !== 0)) return false;
  return (found.mode & 0o022) === 0 || (found.mode & 0o1000) !== 0;
}

/** Tries by opening the file, because no other call checks the access list on Windows. */
function canWrite(file: string): boolean {
  return succeeds(() => closeSync(openSync(file, 'r+')));
}

function canCreateIn(folder: string): boolean {
  return succeeds(() => rmdirSync(mkdtempSync(join(folder, 'try-'))));
}

function succeeds(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}

function jsonOf(file: string): unknown {
  const text = readText(file, largestFileBytes).replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
