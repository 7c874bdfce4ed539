import { basename, join } from 'node:path';

/** Where a test may listen: a socket in its folder or, on Windows, a pipe of a name that only this folder has. */
export function socketPath(folder: string, name: string): string {
  return process.platform === 'win32' ? String.raw`\\.\pipe\test-${basename(folder)}-${name}` : join(folder, name);
}
