import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { fail, type Result, succeed } from '../../../src-shared/result.ts';
import type { WireError } from '../wire.ts';
import { ConnectionRoom } from './connection-room.ts';
import type { OfferCertificate } from './offer-certificate.ts';
import type { OfferLimits } from './offer-limits.ts';

/** What answers the requests that arrive. */
export interface OfferRequests {
  request(request: IncomingMessage, response: ServerResponse): void;
  /** A request with an unknown `Expect` header (RFC 9110 §10.1.1). */
  expectation(request: IncomingMessage, response: ServerResponse): void;
  /** A CONNECT. `head` is what already arrived after the request's head. */
  connect(request: IncomingMessage, socket: Socket, head: Buffer): void;
}

const longestHead = 8192;

/** The laptop's socket: only TLS 1.3, and HTTP/1.1 on it, with limits on everything that a stranger can send. */
export class OfferListener {
  readonly room: ConnectionRoom;
  readonly #server: Server;
  #closing: Promise<void> | null = null;

  private constructor(certificate: OfferCertificate, limits: OfferLimits, requests: OfferRequests) {
    this.room = new ConnectionRoom(limits);
    this.#server = createServer({
      key: certificate.key,
      cert: certificate.certificate,
      minVersion: 'TLSv1.3',
      maxVersion: 'TLSv1.3',
      ALPNProtocols: ['http/1.1'],
      handshakeTimeout: limits.handshakeMs,
      maxHeaderSize: longestHead,
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleRequestMs,
      connectionsCheckingInterval: limits.checkMs,
      insecureHTTPParser: false,
    });
    this.#server.on('connection', (socket: Socket) => {
      socket.on('error', () => socket.destroy());
      this.room.opened(socket);
    });
    this.#server.on('secureConnection', (socket) => socket.on('error', () => socket.destroy()));
    // Without this, a connection whose handshake took too long would stay open.
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.#server.on('request', (request, response) => requests.request(request, response));
    this.#server.on('checkExpectation', (request, response) => requests.expectation(request, response));
    this.#server.on('connect', (request, socket, head) => requests.connect(request, socket as Socket, head));
    this.#server.on('upgrade', (_request, socket) => refuseSocket(socket, 400, 'malformed'));
    this.#server.on('clientError', (_error, socket) => refuseSocket(socket, 400, 'malformed'));
  }

  /** Listens on all networks of this computer, at `port` or, if another program has it, at a free port. Failures: `help_port_unusable`. */
  static async open(
    certificate: OfferCertificate,
    limits: OfferLimits,
    requests: OfferRequests,
    port: number,
  ): Promise<Result<OfferListener>> {
    for (const tried of port === 0 ? [0] : [port, 0]) {
      const listener = new OfferListener(certificate, limits, requests);
      if (await listener.#listen(tried)) return succeed(listener);
    }
    return fail('help_port_unusable');
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Accepts no more connections. Those that are open stay. */
  stop(): void {
    this.#closing ??= new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Also ends every connection. Resolves once all of them are closed. */
  async close(): Promise<void> {
    this.stop();
    this.room.closeAll();
    await this.#closing;
  }

  #listen(port: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#server.once('error', () => resolve(false));
      this.#server.listen({ port, exclusive: true }, () => {
        // If a connection cannot be accepted, for example because file descriptors run out, the others must continue.
        this.#server.on('error', () => {});
        resolve(true);
      });
    });
  }
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  407: 'Proxy Authentication Required',
  429: 'Too Many Requests',
  502: 'Bad Gateway',
};

/** Answers on a socket that no longer speaks HTTP, and closes it. */
export function refuseSocket(socket: Duplex, status: number, error: WireError): void {
  if (socket.destroyed) return;
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({ error });
  const head = [
    `HTTP/1.1 ${status} ${reasons[status] ?? 'Refused'}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
