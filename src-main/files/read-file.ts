import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { OtherKind } from '../../src-shared/window/console-state.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { isAbsent, systemCode } from './file-trouble.ts';

/** Something other than a file is at the path. It must be neither read nor overwritten. */
export class NotAFileError extends Error {
  readonly kind: OtherKind;

  constructor(path: string, kind: OtherKind) {
    super(`${kind}: ${basename(path)}`);
    this.kind = kind;
  }
}

/** The file is larger than any file of this console becomes. */
export class FileTooLargeError extends Error {
  constructor(path: string) {
    super(`too large: ${basename(path)}`);
  }
}

/** The failure for what {@link readText} or {@link checkFile} has thrown. Null if no file is there. */
export function readFailure(path: string, thrown: unknown): Failure | null {
  const file = basename(path);
  if (isAbsent(thrown)) return null;
  if (thrown instanceof NotAFileError) return failure('not_a_file', { facts: { file, kind: thrown.kind } });
  return failure('file_unreadable', { facts: { file } });
}

/**
 * Checks, with links followed, that a regular file of at most `limit` bytes is there. Throws {@link NotAFileError},
 * {@link FileTooLargeError}, and the system's error if nothing is there or access fails.
 */
export function checkFile(path: string, limit: number): void {
  check(path, statOf(path), limit);
}

/** True if a file is there, false if nothing is there. Otherwise throws as {@link checkFile}. */
export function isFileThere(path: string): boolean {
  try {
    checkFile(path, Number.POSITIVE_INFINITY);
    return true;
  } catch (thrown) {
    if (isAbsent(thrown)) return false;
    throw thrown;
  }
}

/** The whole of a file as text. Throws as {@link checkFile}. */
export function readText(path: string, limit: number): string {
  checkFile(path, limit);
  // Something else may have replaced the file since the check. Opening that must not block either.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const found = fstatSync(file);
    check(path, found, limit);
    const room = Buffer.alloc(found.size);
    let length = 0;
    for (let read = -1; read !== 0 && length < room.length; length += read)
      read = readSync(file, room, length, room.length - length, null);
    return room.subarray(0, length).toString('utf8');
  } finally {
    closeSync(file);
  }
}

function statOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (thrown) {
    if (systemCode(thrown) === 'ELOOP') throw new NotAFileError(path, 'loop');
    throw thrown;
  }
}

function check(path: string, found: Stats, limit: number): void {
  if (!found.isFile()) throw new NotAFileError(path, kindOf(found));
  if (found.size > limit) throw new FileTooLargeError(path);
}

function kindOf(found: Stats): OtherKind {
  if (found.isDirectory()) return 'folder';
  if (found.isFIFO()) return 'pipe';
  return found.isSocket() ? 'socket' : 'device';
}
