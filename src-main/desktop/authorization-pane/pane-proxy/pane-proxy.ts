import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as httpRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { evaluateNavigation, type PanePolicy } from '../limits/navigation-policy.ts';
import type { NetError, Reached } from './net-error.ts';
import { helloHost, proxyRealm, proxyUser } from './proxy-names.ts';
import { portOf, reach, type SystemNetwork } from './reach.ts';

/** More connections than Chromium opens at once, WebSockets included. */
const mostConnections = 512;
/** The pause between two refusals, so that a page cannot keep this process busy with them. */
const betweenRefusalsMs = 10;
/** The limit for new connections in progress, including their look-ups, and also for waiting refusals. */
const mostWaiting = 512;
/** The last failure is kept for this many hosts. The oldest is dropped first. */
const keptAtMost = 50;

const aboutOneConnection = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

/**
 * A proxy on this computer for one session of the pane. It decides and makes every connection of the pages, and serves only a client
 * that knows its secret. README.md says why it is not a library.
 */
export class PaneProxy {
  readonly secret = randomBytes(32).toString('base64url');
  readonly #expected = digest(`Basic ${Buffer.from(`${proxyUser}:${this.secret}`).toString('base64')}`);
  readonly #policy: PanePolicy;
  readonly #system: SystemNetwork;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #netErrors = new Map<string, NetError>();
  #closed = false;
  #lastRefusal = Promise.resolve();
  #refusing = 0;
  #reaching = 0;

  private constructor(policy: PanePolicy, system: SystemNetwork) {
    this.#policy = policy;
    this.#system = system;
    this.#server = createServer((request, response) => this.#forward(request, response));
    this.#server.maxConnections = mostConnections;
    this.#server.on('connection', (socket) => this.#keep(socket));
    this.#server.on('connect', (request, socket: Socket, head) => void this.#tunnel(request, socket, head));
    this.#server.on('upgrade', (_request, socket) => socket.destroy());
    // If there are too many open files, for example, only that connection fails.
    this.#server.on('error', () => {});
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Rejects if it cannot listen on this computer. */
  static async listen(policy: PanePolicy, system: SystemNetwork): Promise<PaneProxy> {
    const proxy = new PaneProxy(policy, system);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Why the last connection to the host of the address failed. Null if it did not fail. */
  netErrorAt(address: string): NetError | null {
    return URL.canParse(address) ? (this.#netErrors.get(placeOf(new URL(address))) ?? null) : null;
  }

  /** Ends every connection and accepts no more. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #tunnel(request: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    this.#keep(client);
    if (!this.#knows(request)) return void client.end(wantsSecret);
    const authority = request.url ?? '';
    const noticed = noticeEnd(client);
    const socket = await this.#reach(authority, client, request.headers['user-agent']);
    noticed();
    if (!socket) return void client.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n');
    client.once('close', () => socket.destroy());
    // The page first gets all data that arrived before the end.
    socket.once('close', () => client.destroySoon());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.write(head);
    client.pipe(socket).pipe(client);
  }

  /** Plain http arrives as a request, not as a tunnel. Only an Authorization server on this computer may be called in this way. */
  #forward(request: IncomingMessage, response: ServerResponse): void {
    if (!this.#knows(request))
      return void response.writeHead(407, { 'proxy-authenticate': challenge, connection: 'close' }).end();
    const address = request.url ?? '';
    if (address === `http://${helloHost}/`) return void response.writeHead(204).end();
    if (!/^http:/i.test(address) || !evaluateNavigation(address, this.#policy).allowed) {
      if (URL.canParse(address)) this.#remember(placeOf(new URL(address)), { netError: 'ERR_BLOCKED_BY_CLIENT' });
      return void response.destroy();
    }
    void this.#sendOn(new URL(address), request, response);
  }

  async #sendOn(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const socket = await this.#reach(placeOf(url), response);
    if (!socket) return void response.destroy();
    const onward = httpRequest(
      {
        method: request.method ?? 'GET',
        path: `${url.pathname}${url.search}`,
        headers: ofTheMessage(request.rawHeaders),
        createConnection: () => socket,
        setHost: false,
      },
      (answer) => {
        try {
          response.writeHead(answer.statusCode ?? 502, answer.statusMessage, ofTheMessage(answer.rawHeaders));
        } catch {
          // The response is not valid HTTP, for example because its status is 42.
          return void response.destroy();
        }
        answer.on('error', () => response.destroy());
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    response.once('close', () => socket.destroy());
    request.pipe(onward);
  }

  /** Opens a connection that ends with the client. Null if the connection is refused or fails, or if the client is gone. */
  async #reach(authority: string, client: Duplex | ServerResponse, userAgent?: string): Promise<Socket | null> {
    if (this.#reaching >= mostWaiting) return null;
    const gone = new AbortController();
    const give = () => gone.abort();
    client.once('close', give);
    this.#reaching += 1;
    const reached = await reach(authority, this.#policy, this.#system, { userAgent, gone: gone.signal });
    this.#reaching -= 1;
    const { socket = null } = 'socket' in reached ? reached : {};
    client.off('close', give);
    if (client.destroyed || this.#closed) {
      socket?.destroy();
      return null;
    }
    this.#remember(authority, reached);
    if (!socket) {
      await this.#refusalsTurn();
      return null;
    }
    this.#keep(socket);
    socket.setNoDelay(true);
    return socket;
  }

  async #refusalsTurn(): Promise<void> {
    if (this.#refusing >= mostWaiting) return;
    this.#refusing += 1;
    const turn = this.#lastRefusal;
    this.#lastRefusal = turn.then(() => delay(betweenRefusalsMs, undefined, { ref: false }));
    await turn;
    this.#refusing -= 1;
  }

  #knows(request: IncomingMessage): boolean {
    return timingSafeEqual(digest(request.headers['proxy-authorization'] ?? ''), this.#expected);
  }

  #remember(authority: string, reached: Reached): void {
    const place = URL.canParse(`https://${authority}`) ? placeOf(new URL(`https://${authority}`)) : authority;
    this.#netErrors.delete(place);
    if ('netError' in reached) this.#netErrors.set(place, reached.netError);
    const [oldest] = this.#netErrors.keys();
    if (this.#netErrors.size > keptAtMost && oldest !== undefined) this.#netErrors.delete(oldest);
  }

  #keep(socket: Duplex): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

const challenge = `Basic realm="${proxyRealm}"`;
const wantsSecret = [
  'HTTP/1.1 407 Proxy Authentication Required',
  `proxy-authenticate: ${challenge}`,
  'content-length: 0',
  'connection: close',
  '\r\n',
].join('\r\n');

/** An unread socket does not report its end, so this watches for the end without consuming data. The result stops watching. */
function noticeEnd(socket: Socket): () => void {
  const look = () => void socket.read(0);
  const ended = () => socket.destroy();
  socket.on('readable', look).once('end', ended);
  return () => void socket.off('readable', look).off('end', ended);
}

/** Digests all have the same length, which a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function placeOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

/** The headers without the hop-by-hop ones (RFC 9110 §7.6.1), which include the secret. All others stay unchanged. */
function ofTheMessage(raw: readonly string[]): string[] {
  const named = raw.flatMap((value, index) =>
    index % 2 === 1 && /^connection$/i.test(raw[index - 1] ?? '') ? value.toLowerCase().split(/\s*,\s*/) : [],
  );
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [name = '', value = ''] = raw.slice(index, index + 2);
    if (!aboutOneConnection.test(name) && !named.includes(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
