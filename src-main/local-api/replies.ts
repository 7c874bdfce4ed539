import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionBounds } from './connection-bounds.ts';
import { answerHeaders, problemAnswer } from './problem-details.ts';
import type { Refusal } from './request-guard.ts';
import type { ProblemCode } from './wire/problem.ts';

const jsonHeaders = { 'content-type': 'application/json', ...answerHeaders };

/** Sends answers, and tells the connection bounds which connections are waiting for one. */
export class Replies {
  readonly #bounds: ConnectionBounds;
  readonly #onFault: (thrown: unknown) => void;

  constructor(bounds: ConnectionBounds, onFault: (thrown: unknown) => void) {
    this.#bounds = bounds;
    this.#onFault = onFault;
  }

  /** The request came with a valid secret. */
  proved({ raw }: FastifyRequest): void {
    this.#bounds.proved(raw.socket);
  }

  /** The request is complete. */
  begin({ raw }: FastifyRequest): void {
    this.#bounds.answering(raw.socket);
  }

  json(reply: FastifyReply, text: string): void {
    this.#send(reply, 200, { 'content-length': String(Buffer.byteLength(text)), ...jsonHeaders }, text);
  }

  problem(reply: FastifyReply, code: ProblemCode): void {
    const { status, body, headers } = problemAnswer(code);
    // The unread rest of a body would be parsed as the next request.
    const { complete, method } = reply.request.raw;
    const closes = complete || method === 'GET' ? {} : { connection: 'close' };
    this.#send(reply, status, { ...headers, ...closes }, body);
  }

  fault(reply: FastifyReply, thrown: unknown): void {
    this.#onFault(thrown);
    this.problem(reply, 'internal_error');
  }

  /** Refuses a request before it is routed. */
  refuse(request: IncomingMessage, response: ServerResponse, { code, allow }: Refusal): void {
    const { status, body, headers } = problemAnswer(code, allow);
    this.#bounds.answered(request.socket);
    // Later bytes of the connection may belong to this request.
    response.writeHead(status, { ...headers, connection: 'close' });
    response.end(body);
  }

  /** Writes directly to the Node response: none of our answers needs fastify's serialization or hooks. */
  #send(reply: FastifyReply, status: number, headers: Readonly<Record<string, string>>, body: string): void {
    const { raw } = reply;
    this.#bounds.answered(reply.request.raw.socket);
    reply.hijack();
    if (raw.headersSent || raw.destroyed) raw.destroy();
    else raw.writeHead(status, headers).end(body);
  }
}
