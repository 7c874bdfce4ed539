import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FailureCode } from '../../../src-shared/failure-codes.ts';
import type { RelayWay } from '../../ports/relay.ts';
import { isSameSecret } from '../pairing-keys.ts';
import type { WayHealth } from './way-health.ts';

/** An open tunnel, or why there is none. */
export type TunnelOutcome =
  | { readonly socket: Socket; readonly head: Buffer }
  | { readonly code: Extract<FailureCode, 'relay_refused' | 'laptop_gone' | 'network_unreachable'> };
/** Opens a tunnel to a host and port. */
type OpenTunnel = (authority: string) => Promise<TunnelOutcome>;

const challenge = 'Basic realm="Fusion License Console"';
const mostConnections = 64;
/** How long a client may take to send its request with the password, in ms. */
const headersTimeout = 2_000;
/** The last refusal is kept for this many places. The oldest is dropped first. */
const keptAtMost = 20;

/**
 * A proxy on this computer that passes connections on to a laptop. It requires a name and a password, so that no other program on this
 * computer can use it.
 */
export class RelayForwarder implements RelayWay {
  readonly name = 'license-console';
  readonly password = randomBytes(32).toString('base64url');
  readonly #expected = `Basic ${Buffer.from(`${this.name}:${this.password}`).toString('base64')}`;
  readonly #open: OpenTunnel;
  readonly #health: WayHealth;
  readonly #server: Server;
  readonly #sockets = new Set<Duplex>();
  readonly #clients = new Set<Duplex>();
  /** Connections that have not given the password, in the order of their arrival. */
  readonly #strangers = new Set<Duplex>();
  readonly #refusals = new Map<string, FailureCode>();

  private constructor(open: OpenTunnel, health: WayHealth) {
    this.#open = open;
    this.#health = health;
    // The network stack signs in with a separate request, which names no real host and is not passed on.
    this.#server = createServer(
      { headersTimeout, requestTimeout: headersTimeout, connectionsCheckingInterval: 500 },
      (request, response) => {
        if (this.#knows(request)) response.writeHead(204, { connection: 'close' }).end();
        else response.writeHead(407, { 'proxy-authenticate': challenge, connection: 'close' }).end();
      },
    );
    this.#server.on('connection', (socket) => this.#arrived(socket));
    this.#server.on('connect', (request, socket, head) => void this.#tunnel(request, socket, head));
    this.#server.on('upgrade', (_request, socket) => socket.destroy());
    this.#server.on('clientError', (_error, socket) => socket.destroy());
    this.#server.on('error', () => {});
  }

  /** Rejects if it cannot listen on this computer. */
  static async listen(open: OpenTunnel, health: WayHealth): Promise<RelayForwarder> {
    const forwarder = new RelayForwarder(open, health);
    forwarder.#server.listen(0, '127.0.0.1');
    await once(forwarder.#server, 'listening');
    return forwarder;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  get isDoubted(): boolean {
    return this.#health.isDoubted;
  }

  noteAnswer(came: boolean): void {
    this.#health.noteAnswer(came);
  }

  refusalOf(authority: string): FailureCode | null {
    return this.#refusals.get(authority) ?? null;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    this.#keep(client);
    if (!this.#knows(request))
      return void client.end(answer('407 Proxy Authentication Required', `proxy-authenticate: ${challenge}`));
    this.#strangers.delete(client);
    const authority = request.url ?? '';
    const outcome = await this.#open(authority);
    this.#remember(authority, 'code' in outcome ? outcome.code : null);
    if ('code' in outcome) return void client.end(answer('502 Bad Gateway'));
    const far = outcome.socket;
    if (client.destroyed) return void far.destroy();
    this.#keep(far);
    client.once('close', () => far.destroy());
    far.once('close', () => ('destroySoon' in client ? (client as Socket).destroySoon() : client.destroy()));
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (outcome.head.length > 0) far.unshift(outcome.head);
    if (head.length > 0) far.write(head);
    client.pipe(far).pipe(client);
  }

  #knows({ headers }: IncomingMessage): boolean {
    return isSameSecret(headers['proxy-authorization'] ?? '', this.#expected);
  }

  #remember(authority: string, code: FailureCode | null): void {
    this.#refusals.delete(authority);
    if (code !== null) this.#refusals.set(authority, code);
    const [oldest] = this.#refusals.keys();
    if (this.#refusals.size > keptAtMost && oldest !== undefined) this.#refusals.delete(oldest);
  }

  /** Another program on this computer can open connections, but cannot lock out the clients that know the password. */
  #arrived(socket: Socket): void {
    this.#keep(socket);
    this.#clients.add(socket);
    this.#strangers.add(socket);
    socket.once('close', () => this.#left(socket));
    const [oldest] = this.#strangers;
    if (this.#clients.size <= mostConnections || !oldest) return;
    this.#left(oldest);
    oldest.destroy();
  }

  #left(socket: Duplex): void {
    this.#clients.delete(socket);
    this.#strangers.delete(socket);
  }

  #keep(socket: Duplex): void {
    if (this.#sockets.has(socket)) return;
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }
}

function answer(status: string, ...headers: readonly string[]): string {
  return [`HTTP/1.1 ${status}`, ...headers, 'content-length: 0', 'connection: close', '\r\n'].join('\r\n');
}
