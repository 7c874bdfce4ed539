import type { IncomingMessage } from 'node:http';

/**
 * Reads the body of a request as text and calls `done` once. If the body is larger than `maxBytes`, stops reading and calls
 * `done(null)`. Never calls `done` if the client disconnects before the end. Allocates little more than the body's bytes.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: (body: string | null) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const onData = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes <= maxBytes) {
      chunks.push(chunk);
      return;
    }
    request.off('data', onData);
    request.off('end', onEnd);
    done(null);
  };
  const onEnd = (): void => {
    const [first] = chunks;
    done(first && chunks.length === 1 ? first.toString('utf8') : Buffer.concat(chunks, bytes).toString('utf8'));
  };
  request.on('data', onData);
  request.on('end', onEnd);
}
