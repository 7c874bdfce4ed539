import { lstatSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { readText } from '../files/read-file.ts';
import { FileInUseError, fileInUse, removeIfPossible, replaceFile } from '../files/replace-file.ts';
import { longestSocketPath, randomPipe } from '../files/socket-address.ts';
import { type AddressFile, addressFileName, socketFileName } from './wire/address-file.ts';

const longestFile = 64 * 1024;

/** The Unix domain socket in the folder. On Windows a pipe with a random name, which no other program can create first. */
export function socketAddress(folder: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return randomPipe('fusion-license-console');
  return join(folder, socketFileName);
}

/**
 * Frees the path of a Unix domain socket. Removes only the stale socket of a process that has ended. Failures:
 * `local_api_address_taken` if another process listens there, `local_api_not_opened`.
 */
export async function freeSocketPath(path: string): Promise<Result<null>> {
  const bytes = Buffer.byteLength(path);
  if (bytes > longestSocketPath)
    return fail('local_api_not_opened', { facts: { cause: 'path_too_long', path, bytes: String(bytes) } });
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found) return succeed(null);
    if (!found.isSocket()) return fail('local_api_not_opened', { facts: { cause: 'not_a_socket', path } });
    if (await isListening(path)) return fail('local_api_address_taken', { facts: { address: path } });
    rmSync(path, { force: true });
    return succeed(null);
  } catch (thrown) {
    return notOpened(thrown);
  }
}

export function notOpened(thrown: unknown): Result<never> {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  const cause = ['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes(code) ? 'folder_not_writable' : 'system';
  return fail('local_api_not_opened', { detail: code, facts: { cause } });
}

/** Only `ECONNREFUSED` or `ENOENT` proves that no process listens there. After any other error one may. */
function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (thrown: NodeJS.ErrnoException) => {
      resolve(thrown.code !== 'ECONNREFUSED' && thrown.code !== 'ENOENT');
    });
  });
}

/** Lets programs of this account find the local license API. Failures: `local_api_not_opened`, `file_in_use`. */
export async function writeAddressFile(folder: string, address: AddressFile): Promise<Result<null>> {
  const path = join(folder, addressFileName);
  try {
    await replaceFile(path, textOf(address));
    return succeed(null);
  } catch (thrown) {
    return thrown instanceof FileInUseError ? fileInUse(path) : notOpened(thrown);
  }
}

/** Whether the file still holds this address. */
export function isAddressWritten(folder: string, address: AddressFile): boolean {
  try {
    return readText(join(folder, addressFileName), longestFile) === textOf(address);
  } catch {
    return false;
  }
}

function textOf(address: AddressFile): string {
  return `${JSON.stringify(address)}\n`;
}

/**
 * Removes the file only if it names this process. Another console may have replaced it meanwhile, and a file that cannot be
 * read may belong to another console. A stale file does no harm: its `pid` has ended and nothing listens at its address.
 */
export function removeAddressFile(folder: string, { socket, pid }: Pick<AddressFile, 'socket' | 'pid'>): void {
  const path = join(folder, addressFileName);
  try {
    const stored = JSON.parse(readText(path, longestFile)) as Partial<AddressFile> | null;
    if (stored?.pid === pid && stored.socket === socket) removeIfPossible(path);
  } catch {
    // The file is missing or cannot be read, so nothing of this process is left to remove.
  }
}
