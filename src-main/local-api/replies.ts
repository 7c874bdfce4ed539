import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ConnectionBounds } from './connection-bounds.ts';
import { answerHeaders, problemAnswer } from './problem-details.ts';
import type { Refusal } from './request-guard.ts';
import type { ProblemCode } from './wire/problem.ts';

const jsonHeaders = { 'content-type': 'application/json', ...answerHeaders };

/** Sends answers, and keeps account of the connections that wait for one. */
export class Replies {
  readonly #bounds: ConnectionBounds;
  readonly #onFault: (thrown: unknown) => void;

  constructor(bounds: ConnectionBounds, onFault: (thrown: unknown) => void) {
    this.#bounds = bounds;
    this.#onFault = onFault;
  }

  /** The request came with a right secret. */
  proved({ raw }: FastifyRequest): void {
    this.#bounds.proved(raw.socket);
  }

  /** The request is here whole. */
  begin({ raw }: FastifyRequest): void {
    this.#bounds.answering(raw.socket);
  }

  json(reply: FastifyReply, text: string): void {
    this.#send(reply, 200, { 'content-length': String(Buffer.byteLength(text)), ...jsonHeaders }, text);
  }

  problem(reply: FastifyReply, code: ProblemCode): void {
    const { status, body, headers } = problemAnswer(code);
    // What of a body has not been read would be taken for the next request.
    const { complete, method } = reply.request.raw;
    const closes = complete || method === 'GET' ? {} : { connection: 'close' };
    this.#send(reply, status, { ...headers, ...closes }, body);
  }

  fault(reply: FastifyReply, thrown: unknown): void {
    this.#onFault(thrown);
    this.problem(reply, 'internal_error');
  }

  /** Answers a request of which nothing is used. */
  refuse(request: IncomingMessage, response: ServerResponse, { code, allow }: Refusal): void {
    const { status, body, headers } = problemAnswer(code, allow);
    this.#bounds.answered(request.socket);
    // What else comes over it may be part of this request.
    response.writeHead(status, { ...headers, connection: 'close' });
    response.end(body);
  }

  /** Straight into the response: none of our answers needs what the framework could do to them. */
  #send(reply: FastifyReply, status: number, headers: Readonly<Record<string, string>>, body: string): void {
    const { raw } = reply;
    this.#bounds.answered(reply.request.raw.socket);
    reply.hijack();
    if (raw.headersSent || raw.destroyed) raw.destroy();
    else raw.writeHead(status, headers).end(body);
  }
}
