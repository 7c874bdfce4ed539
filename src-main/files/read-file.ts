import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { OtherKind } from '../../src-shared/console-state.ts';
import { type Failure, failure } from '../../src-shared/result.ts';
import { isAbsent, systemCode } from './file-trouble.ts';

/** Something else stands in the file's place; it is neither read nor written over. */
export class NotAFileError extends Error {
  readonly kind: OtherKind;

  constructor(path: string, kind: OtherKind) {
    super(`${kind}: ${basename(path)}`);
    this.kind = kind;
  }
}

/** No file of this console ever becomes so large. */
export class FileTooLargeError extends Error {
  constructor(path: string) {
    super(`too large: ${basename(path)}`);
  }
}

/** The failure for what {@link readText} or {@link checkFile} has thrown. Null where no file is there. */
export function readFailure(path: string, thrown: unknown): Failure | null {
  const file = basename(path);
  if (isAbsent(thrown)) return null;
  if (thrown instanceof NotAFileError) return failure('not_a_file', { facts: { file, kind: thrown.kind } });
  return failure('file_unreadable', { facts: { file } });
}

/**
 * Is a file there, through any links, that can be read at once and is no longer than `limit` bytes? Throws as the system does
 * where it cannot be looked at or is not there, {@link NotAFileError} and {@link FileTooLargeError}.
 */
export function checkFile(path: string, limit: number): void {
  check(path, statOf(path), limit);
}

/** True where there is a file, false where there is nothing. Throws as {@link checkFile}. */
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
  // Another one may have taken its place since: opening it must not wait either.
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
