import type { IncomingMessage } from 'node:http';

/**
 * Reads the body of a request as text and calls back once: with null where it is larger than `maxBytes`, of which then no
 * more is read; never where whoever sent it goes away before its end. Nothing else is made for each request than its bytes.
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
