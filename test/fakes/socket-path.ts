import { basename, join } from 'node:path';

/** A path for a test to listen on: a socket in its folder or, on Windows, a pipe whose name contains the folder's. */
export function socketPath(folder: string, name: string): string {
  return process.platform === 'win32' ? String.raw`\\.\pipe\test-${basename(folder)}-${name}` : join(folder, name);
}
