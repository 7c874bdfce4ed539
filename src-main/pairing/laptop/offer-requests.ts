import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type OtherVersion, type ServerReport, serverReportSchema } from '../../../src-shared/pairing/pairing.ts';
import {
  finishSchema,
  largest,
  otherVersionOf,
  paths,
  pairingVersion,
  readBody,
  startSchema,
  type WireError,
  type WireStanding,
} from '../wire.ts';
import type { Guesser } from './code-guard.ts';
import type { PairedServer } from './helped-server.ts';
import { type OfferRequests, refuseSocket } from './offer-listener.ts';

/** What the offer decides. This file only knows HTTP. */
interface OfferDesk {
  start(guesser: Guesser, message: string): { readonly response: string } | 'malformed' | 'busy' | 'ended';
  /** Called when a console of another version tries to pair, which is refused. */
  otherVersion(guesser: Guesser, is: OtherVersion): void;
  /** The server that proved the code. Null if it did not. */
  finish(guesser: Guesser, message: string): PairedServer | null;
  /** Called when a connection closes, which may have an attempt. */
  gone(guesser: Guesser): void;
  /** The paired server whose credential this is. Null if there is none. */
  serverOf(bearer: string): PairedServer | null;
  /** False if the server has too many connections. */
  proved(socket: Socket, server: PairedServer): boolean;
  standing(server: PairedServer): WireStanding;
  /** False if the server reports too often. */
  report(server: PairedServer, report: ServerReport): boolean;
  follow(server: PairedServer, response: ServerResponse): void;
  leave(server: PairedServer): void;
  relay(server: PairedServer, authority: string, socket: Socket, head: Buffer): void;
  /** Called with an unexpected error. */
  fault(thrown: unknown): void;
}

const methods: ReadonlyMap<string, readonly string[]> = new Map([
  [paths.start, ['POST']],
  [paths.finish, ['POST']],
  [paths.report, ['PUT']],
  [paths.pairing, ['GET', 'DELETE']],
]);

const statuses: Readonly<Partial<Record<WireError, number>>> = {
  unauthorized: 401,
  wrong_code: 403,
  not_found: 404,
  not_allowed: 405,
  busy: 409,
  ended: 410,
  too_large: 413,
  too_many: 429,
};

/** Answers the requests of a pairing. Each refusal closes its connection. */
export function offerRequests(desk: OfferDesk): OfferRequests {
  return {
    request: (request, response) =>
      void answer(desk, request, response).catch((thrown: unknown) => {
        desk.fault(thrown);
        request.socket.destroy();
      }),
    expectation: (_request, response) => refuse(response, 'malformed'),
    connect: (request, socket, head) => connect(desk, request, socket, head),
  };
}

async function answer(desk: OfferDesk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url = '' } = request;
  const known = methods.get(url);
  // A page in a browser may send some requests, but only with its origin (Fetch §3.1).
  if (request.headers.origin !== undefined) return refuse(response, 'malformed');
  if (!known) return refuse(response, 'not_found');
  if (!known.includes(method)) return refuse(response, 'not_allowed');
  if (url === paths.start || url === paths.finish) return prove(desk, url, request, response);
  const server = desk.serverOf(bearerIn(request.headers.authorization));
  if (!server) return refuse(response, 'unauthorized');
  if (!desk.proved(request.socket, server)) return refuse(response, 'too_many');
  if (url === paths.report) return report(desk, server, request, response);
  if (method === 'DELETE') {
    desk.leave(server);
    response.writeHead(204, { connection: 'close' }).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  desk.follow(server, response);
}

async function prove(
  desk: OfferDesk,
  url: typeof paths.start | typeof paths.finish,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request, largest.proof);
  if (body === 'too_large') return refuse(response, 'too_large');
  const document = body && readBody(body);
  if (!document) return refuse(response, 'malformed');
  const guesser = request.socket;
  const other = otherVersionOf(document);
  if (other) {
    desk.otherVersion(guesser, other);
    return refuse(response, 'version', { version: pairingVersion });
  }
  if (url === paths.start) {
    const asked = startSchema.safeParse(document);
    if (!asked.success) return refuse(response, 'malformed');
    const started = desk.start(guesser, asked.data.request);
    if (typeof started === 'string') return refuse(response, started);
    guesser.once('close', () => desk.gone(guesser));
    return reply(response, { version: pairingVersion, response: started.response });
  }
  const finished = finishSchema.safeParse(document);
  // A finish that cannot be read proves nothing.
  const server = finished.success ? desk.finish(guesser, finished.data.finish) : null;
  if (!finished.success) desk.gone(guesser);
  if (!server) return refuse(response, finished.success ? 'wrong_code' : 'malformed');
  if (!desk.proved(guesser, server)) return refuse(response, 'too_many');
  return reply(response, desk.standing(server));
}

async function report(
  desk: OfferDesk,
  server: PairedServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await bodyOf(request, largest.report);
  if (body === 'too_large') return refuse(response, 'too_large');
  const read = serverReportSchema.safeParse(body && readBody(body));
  if (!read.success) return refuse(response, 'malformed');
  // The pairing may have ended while the body arrived.
  if (server.bearer === null) return refuse(response, 'unauthorized');
  return desk.report(server, read.data) ? reply(response, desk.standing(server)) : refuse(response, 'too_many');
}

function connect(desk: OfferDesk, request: IncomingMessage, socket: Socket, head: Buffer): void {
  const server = desk.serverOf(bearerIn(request.headers['proxy-authorization']));
  if (!server) return refuseSocket(socket, 407, 'unauthorized');
  if (!desk.proved(socket, server)) return refuseSocket(socket, 429, 'too_many');
  desk.relay(server, request.url ?? '', socket, head);
}

function bearerIn(header: string | undefined): string {
  return /^Bearer ([\w-]{1,100})$/.exec(header ?? '')?.[1] ?? '';
}

/** Null if the connection broke before the body was complete. */
function bodyOf(request: IncomingMessage, most: number): Promise<Buffer | 'too_large' | null> {
  if (Number(request.headers['content-length'] ?? 0) > most) return Promise.resolve('too_large');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= most) return void chunks.push(chunk);
      request.pause();
      chunks.length = 0;
      resolve('too_large');
    });
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', () => resolve(null));
    request.once('close', () => resolve(null));
  });
}

function reply(response: ServerResponse, document: object): void {
  const body = JSON.stringify(document);
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, 'cache-control': 'no-store' })
    .end(body);
}

/** Data that still arrives on the connection is not read. */
function refuse(response: ServerResponse, error: WireError, more: Readonly<Record<string, unknown>> = {}): void {
  // A response that waits for another one on its connection has no socket yet.
  const { socket } = response.req;
  if (response.destroyed) return;
  const body = JSON.stringify({ error, ...more });
  response
    .writeHead(statuses[error] ?? 400, {
      'content-type': 'application/json',
      'content-length': body.length,
      connection: 'close',
    })
    .end(body, () => socket.destroySoon());
}
