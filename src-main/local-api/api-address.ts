import { randomBytes } from 'node:crypto';
import { lstatSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fail, type Result, succeed } from '../../src-shared/result.ts';
import { readText } from '../files/read-file.ts';
import { FileInUseError, fileInUse, removeIfPossible, replaceFile } from '../files/replace-file.ts';
import { type AddressFile, addressFileName, socketFileName } from './wire/address-file.ts';

/** The kernel's own structure has 104 bytes on macOS and 108 on Linux, the last one empty. */
const longestSocketPath = 103;
const longestFile = 64 * 1024;

/** The Unix domain socket in the folder, or a pipe that nobody could have opened beforehand. */
export function socketAddress(folder: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `\\\\.\\pipe\\fusion-license-console-${randomBytes(16).toString('hex')}`;
  return join(folder, socketFileName);
}

/**
 * Makes the path of a Unix domain socket free: the socket of a run that is dead is taken away, and nothing else is. Failures:
 * `local_api_address_taken` where somebody listens there, `local_api_not_opened`.
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

/** Only a refused connection says that nobody is there any more. */
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

/** Tells programs of this account where the local license API listens. Failures: `local_api_not_opened`, `file_in_use`. */
export async function writeAddressFile(folder: string, address: AddressFile): Promise<Result<null>> {
  const path = join(folder, addressFileName);
  try {
    await replaceFile(path, textOf(address));
    return succeed(null);
  } catch (thrown) {
    return thrown instanceof FileInUseError ? fileInUse(path) : notOpened(thrown);
  }
}

/** Does the file still say so? */
export function isAddressTold(folder: string, address: AddressFile): boolean {
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
 * Takes the file away where it leads to this run: another one may have taken the place meanwhile, and one that cannot be read
 * may be another's. The file of a process that is gone is seen through by its `pid` and by nobody listening there.
 */
export function removeAddressFile(folder: string, { socket, pid }: Pick<AddressFile, 'socket' | 'pid'>): void {
  const path = join(folder, addressFileName);
  try {
    const told = JSON.parse(readText(path, longestFile)) as Partial<AddressFile> | null;
    if (told?.pid === pid && told.socket === socket) removeIfPossible(path);
  } catch {
    // The file is gone, or cannot be read: there is nothing of this run to remove.
  }
}
