import { type Stats, statSync } from 'node:fs';

/** The only codes that mean that nothing is there. Any other code means only that access failed. */
const absent: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);
/** The codes with which Windows refuses to replace a file that a program has open. */
const heldOnWindows: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);

/** The system's error code of a thrown value. Empty if it has none. */
export function systemCode(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** Does the error mean that nothing is there? If not, something may be there, and it must not be overwritten. */
export function isAbsent(thrown: unknown): boolean {
  return absent.has(systemCode(thrown));
}

/** What is at the path, with links followed. Null if nothing is there. Throws if access fails, since something may be there then. */
export function lookAt(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (thrown) {
    if (isAbsent(thrown)) return null;
    throw thrown;
  }
}

/** Also false if access fails. */
export function isNothingAt(path: string): boolean {
  try {
    return lookAt(path) === null;
  } catch {
    return false;
  }
}

/**
 * Does another program have the file open? It may release it in a moment. Other systems than Windows can replace an open file. There the
 * same codes mean missing permissions or a disk mounted in the file's place, and waiting does not help.
 */
export function isHeld(thrown: unknown, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' && heldOnWindows.has(systemCode(thrown));
}
