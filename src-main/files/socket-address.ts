import { randomBytes } from 'node:crypto';

/**
 * The longest path of a Unix domain socket that all systems accept, in bytes: `sun_path` of the kernel has 104 bytes on macOS and 108 on
 * Linux, including the final NUL.
 */
export const longestSocketPath = 103;

/** A pipe of Windows with a random name, which no other program can have taken in advance. */
export function randomPipe(name: string): string {
  return `\\\\.\\pipe\\${name}-${randomBytes(16).toString('hex')}`;
}
