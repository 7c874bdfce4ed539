import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { ApiLimits } from './api-limits.ts';
import { addRoutes, type RoutesDeps } from './api-routes.ts';
import { ConnectionBounds } from './connection-bounds.ts';
import { EventStreams } from './event-streams.ts';
import leftOut from './left-out.ts';
import { rawProblem } from './problem-details.ts';
import { ProvenConnections, type Secrets } from './proven-connections.ts';
import { Replies } from './replies.ts';
import { refusalOf } from './request-guard.ts';
import type { Timer } from '../ports/timer.ts';
import type { ProblemCode } from './wire/problem.ts';

export interface ApiServerDeps extends Pick<RoutesDeps, 'onUsed' | 'served' | 'version'> {
  readonly clients: Secrets;
  readonly limits: ApiLimits;
  readonly timer: Timer;
  /** Called with an unexpected exception. The caller only got `internal_error`. */
  readonly onFault: (thrown: unknown) => void;
}

/** Answers the requests of all addresses, but does not listen itself. Loaded only when the local license API is on. */
export class ApiServer {
  readonly streams: EventStreams;
  readonly #deps: ApiServerDeps;
  readonly #bounds: ConnectionBounds;
  readonly #replies: Replies;
  readonly #app: FastifyInstance;

  private constructor(deps: ApiServerDeps) {
    this.#deps = deps;
    this.#bounds = new ConnectionBounds(deps.limits);
    this.#replies = new Replies(this.#bounds, deps.onFault);
    this.streams = new EventStreams(deps);
    this.#app = createApp(this.#replies);
    addRoutes(this.#app, {
      ...deps,
      maxBodyBytes: deps.limits.bodyBytes,
      proven: new ProvenConnections(deps.clients),
      streams: this.streams,
      replies: this.#replies,
    });
  }

  static async create(deps: ApiServerDeps): Promise<ApiServer> {
    const server = new ApiServer(deps);
    await server.#app.ready();
    return server;
  }

  /** The server for one address, which accepts only these `Host`s. */
  serverFor(hosts: ReadonlySet<string>): Server {
    const { limits } = this.#deps;
    const server = createServer({
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      // A request without `Host` is refused by `refusalOf`, as a problem document.
      requireHostHeader: false,
      noDelay: true,
    });
    // With a limit, Node would silently drop the headers beyond it, perhaps an `Origin`.
    server.maxHeadersCount = 0;
    const rules = { hosts, maxHeaders: limits.headers, maxBodyBytes: limits.bodyBytes };
    const guard = (request: IncomingMessage, response: ServerResponse): boolean => {
      if (!this.#bounds.asked(request.socket, response)) return false;
      const refusal = refusalOf(request, rules);
      if (refusal) this.#replies.refuse(request, response, refusal);
      return refusal === null;
    };
    server.on('connection', (socket: Socket) => this.#bounds.opened(socket));
    server.on('request', (request, response) => {
      if (guard(request, response)) this.#app.routing(request, response);
    });
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      if (!guard(request, response)) return;
      response.writeContinue();
      this.#app.routing(request, response);
    });
    server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
      if (this.#bounds.asked(request.socket, response))
        this.#replies.refuse(request, response, { code: 'expectation_failed' });
    });
    server.on('connect', (_request, socket) => {
      socket.end(rawProblem('malformed_request'), () => socket.destroy());
    });
    server.on('clientError', (thrown: NodeJS.ErrnoException, socket) => this.#unreadable(thrown, socket as Socket));
    return server;
  }

  get connections(): number {
    return this.#bounds.count;
  }

  /** Ends every connection. */
  async close(): Promise<void> {
    this.streams.end();
    this.#bounds.closeAll();
    await this.#app.close();
  }

  /** The bytes received are not a valid request. */
  #unreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
    // A half-sent answer must not be followed by another one.
    if (!socket.writable || this.#bounds.isAnswering(socket)) socket.destroy();
    else socket.end(rawProblem(problemOfBytes(code)), () => socket.destroy());
  }
}

function createApp(replies: Replies): FastifyInstance {
  const app = Fastify({
    logger: false,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: () => '',
    // Our own schemas validate the bodies, and answers are already text when they reach fastify.
    schemaController: { compilersFactory: { buildValidator: leftOut, buildSerializer: leftOut } },
  });
  app.removeAllContentTypeParsers();
  // `readBody` reads the bodies: fastify's body parser takes as long as the rest of the call.
  app.addHttpMethod('POST', { hasBody: false, overrideExisting: true });
  app.setNotFoundHandler((_request, reply) => replies.problem(reply, 'not_found'));
  app.setErrorHandler((thrown, _request, reply) => replies.fault(reply, thrown));
  return app;
}

function problemOfBytes(code: string): ProblemCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'header_too_large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'malformed_request';
}
