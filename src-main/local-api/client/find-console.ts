import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { LicenseApiError } from './license-api-error.ts';

/** Where the local license API listens, as an argument of `net.connect`. */
export type ApiAddress =
  | { readonly path: string; readonly host?: never }
  | { readonly host: '127.0.0.1' | '::1'; readonly port: number; readonly path?: never };

/** Written by the console while its local license API listens. */
const addressFileName = 'license-api.json';
const maxAddressFileBytes = 4096;
/** The form in which the console shows and copies the address of its loopback port. */
const loopbackAlone = /^(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}$/i;
/** Windows reads `/` as `\` and resolves `..` in such a name: `\\.\pipe\a/../../UNC/server/pipe/b` is on another computer. */
const localPipe = /^\\\\[.?]\\pipe\\[^\\/]+$/i;

/**
 * Parses a configured address: the path of a socket, the name of a pipe, or `127.0.0.1:PORT`, with or without `http://`.
 * Throws `address_refused` for every address that could be on another computer, because the secret is sent there.
 */
export function namedAddress(text: string): ApiAddress {
  if (loopbackAlone.test(text)) return loopbackAddress(`http://${text}`);
  if (/^https?:/i.test(text)) return loopbackAddress(text);
  const isLocal = process.platform === 'win32' ? localPipe.test(text) : isAbsolute(text);
  if (!isLocal || text.includes('\0')) throw refused(`"${text}" is no socket, pipe or http://127.0.0.1:PORT`);
  return { path: text };
}

function loopbackAddress(text: string): ApiAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const host = url && hostOf(url.hostname);
  const isPlain = url?.protocol === 'http:' && url.pathname === '/' && !url.username && !url.search && !url.hash;
  if (!host || !isPlain || !url.port) throw refused(`"${text}" is not http://127.0.0.1:PORT`);
  return { host, port: Number(url.port) };
}

function hostOf(hostname: string): '127.0.0.1' | '::1' | null {
  if (hostname === '[::1]') return '::1';
  // `localhost` is not resolved, because a resolver could be configured to return another address.
  return hostname === '127.0.0.1' || hostname === 'localhost' ? '127.0.0.1' : null;
}

/** The console's profile folder for this account, as Electron chooses it. */
export function profileFolder(): string {
  const product = 'Fusion License Console';
  if (process.platform === 'win32')
    return join(process.env['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), product);
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', product);
  return join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), product);
}

/**
 * Reads the address that a running console wrote. Throws `console_not_running` if there is none, and `address_refused` if
 * another account could have written it.
 */
export function readAddress(folder: string): ApiAddress {
  const text = readOwnFile(join(folder, addressFileName));
  let content: { readonly socket?: unknown; readonly pid?: unknown } | null;
  try {
    content = JSON.parse(text) as typeof content;
  } catch (cause) {
    throw notRunning('its address file is not complete', cause);
  }
  if (typeof content?.socket !== 'string') throw notRunning('its address file names no socket');
  const address = namedAddress(content.socket);
  if (process.platform === 'win32' && !isRunning(content.pid))
    throw notRunning('its address file is of a run that is gone');
  return address;
}

/**
 * On Windows, every account can list the pipe names, and the first to create a name owns the pipe. If the console was killed,
 * another account could create its pipe, and a call would send that account the secret. So the pipe is not called unless the
 * console's process runs. A Unix socket has no such risk, because it is in the account's own folder.
 */
function isRunning(pid: unknown): boolean {
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Checks and reads through one descriptor, so that the file cannot be swapped in between. */
function readOwnFile(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (cause) {
    throw notOpened(file, cause as NodeJS.ErrnoException);
  }
  try {
    checkOwner(descriptor, file);
    const bytes = Buffer.alloc(maxAddressFileBytes);
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, maxAddressFileBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Causes that may pass count as `console_not_running`, for example no free descriptors, or a file that Windows is replacing. */
function notOpened(file: string, cause: NodeJS.ErrnoException): LicenseApiError {
  if (cause.code === 'ENOENT') return notRunning(`there is no ${file}`, cause);
  const isRefused = cause.code === 'ELOOP' || (cause.code === 'EACCES' && process.platform !== 'win32');
  return isRefused
    ? refused(`${file} cannot be read by this account`, cause)
    : notRunning(`${file} could not be read: ${cause.code}`, cause);
}

/** Windows has no permission bits. There the file is in the account's own folder. */
function checkOwner(descriptor: number, file: string): void {
  const { uid, mode } = fstatSync(descriptor);
  if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw refused(`${file} is no file`);
  if (process.platform === 'win32') return;
  if (uid !== process.geteuid?.()) throw refused(`${file} belongs to another account`);
  if (mode & 0o077) throw refused(`${file} is open to other accounts`);
}

function refused(detail: string, cause?: unknown): LicenseApiError {
  return new LicenseApiError('address_refused', 'The address of the License Console is not to be trusted', {
    detail,
    cause,
  });
}

/** One code for every way in which nothing listens, because the remedy is always the same. */
export function notRunning(detail: string, cause?: unknown): LicenseApiError {
  const title = 'The License Console does not answer: start it, and switch on its local license API';
  return new LicenseApiError('console_not_running', title, { detail, cause });
}
