import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { lookAt, systemCode } from '../../files/file-trouble.ts';
import { isFileThere } from '../../files/read-file.ts';
import type { LineFile, StoredLines } from '../../history/line-file.ts';

const newline = 10;

/**
 * Lines in two files, the current one and the previous one. A line that a power failure cut off gets a newline before the next
 * line is added, so that the next one stays readable. All file access is synchronous: a keychain that hangs can block the threads
 * of asynchronous calls, and lines are short and rare.
 */
export class JsonlLineFile implements LineFile {
  readonly #current: string;
  readonly #previous: string;
  readonly #generationBytes: number;
  readonly #onNotWritten: (reason: string) => void;
  #failing = false;

  /** `onNotWritten` gets the system's error code when a line cannot be written. It is not called again until one has been written. */
  constructor(folder: string, name: string, generationBytes: number, onNotWritten: (reason: string) => void) {
    this.#current = join(folder, `${name}.jsonl`);
    this.#previous = join(folder, `${name}.previous.jsonl`);
    this.#generationBytes = generationBytes;
    this.#onNotWritten = onNotWritten;
  }

  append(line: string): boolean {
    try {
      const bytes = Buffer.from(`${line.replaceAll(/[\r\n]+/g, ' ')}\n`);
      this.#rotateFor(bytes.length);
      appendDurably(this.#current, bytes);
      this.#failing = false;
      return true;
    } catch (thrown) {
      if (!this.#failing) this.#onNotWritten(systemCode(thrown) || 'unknown');
      this.#failing = true;
      return false;
    }
  }

  read(): StoredLines {
    const generations = [this.#previous, this.#current].map((path) => readTail(path, 2 * this.#generationBytes));
    return {
      readable: generations.every((text) => text !== null),
      lines: generations.flatMap((text) => (text ?? '').split('\n').filter((line) => line !== '')),
    };
  }

  remove(): boolean {
    return [this.#previous, this.#current].map(isRemoved).every(Boolean);
  }

  #rotateFor(bytes: number): void {
    const size = sizeOf(this.#current);
    if (size === 0 || size + bytes <= this.#generationBytes) return;
    try {
      renameSync(this.#current, this.#previous);
    } catch (thrown) {
      // A virus scanner or a backup may hold the previous file for a while. Meanwhile the current one may grow to twice its size.
      if (size + bytes > 2 * this.#generationBytes) throw thrown;
    }
  }
}

/** Only a file is removed. Something else with its name was not written by the console. */
function isRemoved(path: string): boolean {
  try {
    if (isFileThere(path)) rmSync(path);
    return true;
  } catch {
    return false;
  }
}

/** 0 if there is no file. Throws if something other than a file is there, since writing into a pipe can block. */
function sizeOf(path: string): number {
  return isFileThere(path) ? (lookAt(path)?.size ?? 0) : 0;
}

function appendDurably(path: string, bytes: Buffer): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    const { size } = fstatSync(file);
    const whole = endsTorn(file, size) ? Buffer.concat([Buffer.of(newline), bytes]) : bytes;
    if (writeSync(file, whole) < whole.length) {
      // The disk became full during the write. The part that was written is useless.
      ftruncateSync(file, size);
      throw new Error('not written');
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function endsTorn(file: number, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  return readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== newline;
}

/** The text of a file. If the file is too long, the whole lines in its last `longestBytes` bytes. Null if it cannot be read. */
function readTail(path: string, longestBytes: number): string | null {
  try {
    if (!isFileThere(path)) return '';
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const from = Math.max(0, size - longestBytes);
      const bytes = Buffer.alloc(size - from);
      const text = bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from)).toString('utf8');
      return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
