import { type Stats, statSync } from 'node:fs';

/** The one place that decides what counts as absent: every other code says only that nobody could look. */
const absent: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);
/** Windows refuses to replace a file that any program has open, by these. */
const heldOnWindows: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** The system's code of what was thrown; empty where it has none. */
export function systemCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** Nothing is there. Where this is false, something may be there, and nothing is written over it. */
export function isAbsent(thrown: unknown): boolean {
  return absent.has(systemCode(thrown));
}

/** What is at the path, through a link; null where nothing is. Throws where it cannot be looked at: something may be there. */
export function lookAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (thrown) {
    if (isAbsent(thrown)) return null;
    throw thrown;
  }
}

/** False too where it cannot be looked at. */
export function isNothingAt(path: string): boolean {
  try {
    return lookAt(path) === null;
  } catch {
    return false;
  }
}

/**
 * Another program has the file open; it may let go of it in a moment. Elsewhere an open file can be replaced: there the same
 * codes are about rights, or about a disk in the file's place, and waiting does not help.
 */
export function isHeld(thrown: unknown, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' && heldOnWindows.has(systemCode(thrown));
}
