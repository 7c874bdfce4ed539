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
import { evaluateNavigation, type PanePolicy } from '../navigation-policy.ts';
import type { NoWay, Reached } from './no-way.ts';
import { helloHost, proxyRealm, proxyUser } from './proxy-names.ts';
import { portOf, reach, type SystemNetwork } from './reach.ts';

/** More than Chromium opens at once, its WebSockets included. */
const mostConnections = 512;
/** A page that asks for what it cannot have, again and again, gets no more of this process than that. */
const betweenRefusalsMs = 10;
/** Names that are looked up, connections that are made, and refusals that wait: as many of each. */
const mostWaiting = 512;
/** What kept pages away is remembered for as many hosts; the oldest are let go. */
const keptAtMost = 50;

const aboutOneConnection = /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

/**
 * A proxy on this computer for one session of the pane: every connection of its pages is decided and made here. It takes only
 * who knows its secret. A library was considered (proxy-chain): it makes connections well, but takes one proxy, not the
 * system's list of them, and all that judges would stand here all the same.
 */
export class PaneProxy {
  readonly secret = randomBytes(32).toString('base64url');
  readonly #expected = digest(`Basic ${Buffer.from(`${proxyUser}:${this.secret}`).toString('base64')}`);
  readonly #policy: PanePolicy;
  readonly #system: SystemNetwork;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #noWays = new Map<string, NoWay>();
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
    // Too many open files, for one: that connection is not taken, and the console goes on.
    this.#server.on('error', () => {});
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  /** Rejects where this computer lets nobody listen. */
  static async listen(policy: PanePolicy, system: SystemNetwork): Promise<PaneProxy> {
    const proxy = new PaneProxy(policy, system);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Why the last connection to the host of that address did not come about; null where it did. */
  noWayTo(address: string): NoWay | null {
    return URL.canParse(address) ? (this.#noWays.get(placeOf(new URL(address))) ?? null) : null;
  }

  /** Ends every connection, and takes no other. */
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
    // Once the page has all that came before the end.
    socket.once('close', () => client.destroySoon());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.write(head);
    client.pipe(socket).pipe(client);
  }

  /** Plain http comes as a request, not as a tunnel; it is for the own server on this computer alone. */
  #forward(request: IncomingMessage, response: ServerResponse): void {
    if (!this.#knows(request))
      return void response.writeHead(407, { 'proxy-authenticate': challenge, connection: 'close' }).end();
    const address = request.url ?? '';
    if (address === `http://${helloHost}/`) return void response.writeHead(204).end();
    if (!/^http:/i.test(address) || !evaluateNavigation(address, this.#policy).allowed) {
      if (URL.canParse(address)) this.#remember(placeOf(new URL(address)), { noWay: 'ERR_BLOCKED_BY_CLIENT' });
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
          // A head that HTTP does not have, such as a status of 42.
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

  /** A connection for that client, which ends with it; null where there is no way, or nobody waits any more. */
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
    this.#noWays.delete(place);
    if ('noWay' in reached) this.#noWays.set(place, reached.noWay);
    const [oldest] = this.#noWays.keys();
    if (this.#noWays.size > keptAtMost && oldest !== undefined) this.#noWays.delete(oldest);
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

/** A connection that nobody reads from does not say that the other side has ended it. Reads nothing; the result stops it. */
function noticeEnd(socket: Socket): () => void {
  const look = () => void socket.read(0);
  const ended = () => socket.destroy();
  socket.on('readable', look).once('end', ended);
  return () => void socket.off('readable', look).off('end', ended);
}

/** Both sides have one length then, whatever came. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function placeOf(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

/** Without what is about the connection (RFC 9110 §7.6.1), the secret above all. Names and values stay as they are. */
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
