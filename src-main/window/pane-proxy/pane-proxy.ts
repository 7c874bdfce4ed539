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
    const reached = await reach(authority, this.#policy, this.#system, request.headers['user-agent']);
    this.#remember(
      URL.canParse(`https://${authority}`) ? placeOf(new URL(`https://${authority}`)) : authority,
      reached,
    );
    if ('noWay' in reached) {
      await this.#refusalsTurn();
      return void client.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n');
    }
    const { socket } = reached;
    if (client.destroyed || this.#closed) return void socket.destroy();
    this.#keep(socket);
    socket.setNoDelay(true);
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
    const reached = await reach(`${url.hostname}:${portOf(url)}`, this.#policy, this.#system);
    this.#remember(placeOf(url), reached);
    if ('noWay' in reached) {
      await this.#refusalsTurn();
      return void response.destroy();
    }
    const { socket } = reached;
    if (response.destroyed || this.#closed) return void socket.destroy();
    this.#keep(socket);
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

  #refusalsTurn(): Promise<void> {
    const turn = this.#lastRefusal;
    this.#lastRefusal = turn.then(() => delay(betweenRefusalsMs, undefined, { ref: false }));
    return turn;
  }

  #knows(request: IncomingMessage): boolean {
    return timingSafeEqual(digest(request.headers['proxy-authorization'] ?? ''), this.#expected);
  }

  #remember(place: string, reached: Reached): void {
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
