import type { ServerResponse } from 'node:http';
import type { ConnectionBounds } from './connection-bounds.ts';
import { answerHeaders, problemAnswer } from './problem-details.ts';
import type { Refusal } from './request-guard.ts';
import type { ProblemCode } from './wire/problem.ts';

const jsonHeaders = { 'content-type': 'application/json', ...answerHeaders };

/** Sends answers, and reports to the connection bounds that a request is answered. */
export class Replies {
  readonly #bounds: ConnectionBounds;
  readonly #onFault: (thrown: unknown) => void;

  constructor(bounds: ConnectionBounds, onFault: (thrown: unknown) => void) {
    this.#bounds = bounds;
    this.#onFault = onFault;
  }

  json(response: ServerResponse, text: string): void {
    this.#send(response, 200, { 'content-length': String(Buffer.byteLength(text)), ...jsonHeaders }, text);
  }

  problem(response: ServerResponse, code: ProblemCode): void {
    const { status, body, headers } = problemAnswer(code);
    // The unread rest of a body would be parsed as the next request.
    const { complete, method } = response.req;
    const closes = complete || method === 'GET' ? {} : { connection: 'close' };
    this.#send(response, status, { ...headers, ...closes }, body);
  }

  fault(response: ServerResponse, thrown: unknown): void {
    this.#onFault(thrown);
    this.problem(response, 'internal_error');
  }

  /** Refuses a request before it is dispatched. */
  refuse(response: ServerResponse, { code, allow }: Refusal): void {
    const { status, body, headers } = problemAnswer(code, allow);
    // Later bytes of the connection may belong to this request.
    this.#send(response, status, { ...headers, connection: 'close' }, body);
  }

  #send(response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: string): void {
    this.#bounds.answered(response.req.socket);
    if (response.headersSent || response.destroyed) response.destroy();
    else response.writeHead(status, headers).end(body);
  }
}
