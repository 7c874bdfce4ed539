import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/** Reads a whole stream. Null if it holds more than `limit` bytes. Throws if the stream fails or `cancelled` is aborted. */
export async function readStream(stream: Readable, limit: number, cancelled: AbortSignal): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stop = () => void stream.destroy();
  cancelled.addEventListener('abort', stop);
  try {
    for await (const chunk of stream as AsyncIterable<Buffer | string>) {
      chunks.push(Buffer.from(chunk as string));
      bytes += chunk.length;
      if (bytes > limit) return null;
    }
    return Buffer.concat(chunks);
  } finally {
    cancelled.removeEventListener('abort', stop);
  }
}

/** Reads a whole file, as {@link readStream}. The path may also name a pipe, such as a shell's `<(…)`. */
export async function readFile(path: string, limit: number, cancelled: AbortSignal): Promise<Buffer | null> {
  // Without O_NONBLOCK a thread would wait for the writer of a pipe, and keep the process from ending.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (fstatSync(file).isFIFO())
    return readStream(new Socket({ fd: file, readable: true, writable: false }), limit, cancelled);
  try {
    const room = Buffer.alloc(limit + 1);
    let length = 0;
    for (let read = -1; read !== 0 && length < room.length; length += read)
      read = readSync(file, room, length, room.length - length, null);
    return length > limit ? null : room.subarray(0, length);
  } finally {
    closeSync(file);
  }
}
