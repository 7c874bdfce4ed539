/** Holds back what a handler writes into a response, so that a fault can lose it, spoil it or let it drip. */
import type { ServerResponse } from 'node:http';

export interface CapturedAnswer {
  /** Resolves with the whole body once the handler has ended the response. */
  readonly body: Promise<Buffer>;
  /** Gives the response its own methods back. */
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
