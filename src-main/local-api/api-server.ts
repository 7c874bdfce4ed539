import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiLimits } from './api-limits.ts';
import { ApiRoutes, type RoutesDeps } from './api-routes.ts';
import { ConnectionBounds } from './connection-bounds.ts';
import { EventStreams } from './event-streams.ts';
import { rawProblem } from './problem-details.ts';
import { ProvenConnections, type Secrets } from './proven-connections.ts';
import { Replies } from './replies.ts';
import { admit } from './request-guard.ts';
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
  readonly #routes: ApiRoutes;

  constructor(deps: ApiServerDeps) {
    this.#deps = deps;
    this.#bounds = new ConnectionBounds(deps.limits);
    this.#replies = new Replies(this.#bounds, deps.onFault);
    this.streams = new EventStreams(deps);
    this.#routes = new ApiRoutes({
      ...deps,
      maxBodyBytes: deps.limits.bodyBytes,
      proven: new ProvenConnections(deps.clients),
      streams: this.streams,
      bounds: this.#bounds,
      replies: this.#replies,
    });
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
      // A request without `Host` is refused by `admit`, as a problem document.
      requireHostHeader: false,
      noDelay: true,
    });
    // With a limit, Node would silently drop the headers beyond it, perhaps an `Origin`.
    server.maxHeadersCount = 0;
    const rules = { hosts, maxHeaders: limits.headers, maxBodyBytes: limits.bodyBytes };
    const answer = (request: IncomingMessage, response: ServerResponse, toContinue = false): void => {
      if (!this.#bounds.asked(request.socket, response)) return;
      const admitted = admit(request, rules);
      if (typeof admitted === 'object') return this.#replies.refuse(response, admitted);
      if (toContinue) response.writeContinue();
      this.#routes.answer(admitted, request, response);
    };
    server.on('connection', (socket: Socket) => this.#bounds.opened(socket));
    server.on('request', (request, response) => answer(request, response));
    server.on('checkContinue', (request, response) => answer(request, response, true));
    server.on('checkExpectation', (request, response) => {
      if (this.#bounds.asked(request.socket, response)) this.#replies.refuse(response, { code: 'expectation_failed' });
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
  close(): void {
    this.streams.end();
    this.#bounds.closeAll();
  }

  /** The bytes received are not a valid request. */
  #unreadable({ code = '' }: NodeJS.ErrnoException, socket: Socket): void {
    // A half-sent answer must not be followed by another one.
    if (!socket.writable || this.#bounds.isAnswering(socket)) socket.destroy();
    else socket.end(rawProblem(problemOfBytes(code)), () => socket.destroy());
  }
}

function problemOfBytes(code: string): ProblemCode {
  if (code === 'HPE_HEADER_OVERFLOW') return 'header_too_large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'request_timeout' : 'malformed_request';
}
