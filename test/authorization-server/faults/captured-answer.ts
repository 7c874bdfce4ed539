/** Captures what a handler writes to a response, so that a fault can drop it, corrupt it or send it slowly. */
import type { ServerResponse } from 'node:http';

export interface CapturedAnswer {
  /** Resolves with the whole body once the handler has ended the response. */
  readonly body: Promise<Buffer>;
  /** Restores the original methods of the response. */
  release(): void;
}

export function captureAnswer(response: ServerResponse): CapturedAnswer {
  const own = { write: response.write.bind(response), end: response.end.bind(response) };
  const chunks: Buffer[] = [];
  const take = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const body = new Promise<Buffer>((resolve) => {
    response.write = (chunk: unknown): boolean => {
      take(chunk);
      return true;
    };
    response.end = ((chunk?: unknown): ServerResponse => {
      take(chunk);
      resolve(Buffer.concat(chunks));
      return response;
    }) as ServerResponse['end'];
  });
  return { body, release: () => Object.assign(response, own) };
}
