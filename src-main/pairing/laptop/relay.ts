import type { Socket } from 'node:net';
import type { Timer } from '../../ports/timer.ts';
import type { OfferLimits } from './offer-limits.ts';
import { listedPlace } from './allow-list.ts';
import type { PairedServer } from './helped-server.ts';
import { refuseSocket } from './offer-listener.ts';

/**
 * Connects the laptop with a place, directly or by its own proxy. `gone` is aborted if nobody is waiting for the connection.
 * `issuerHost`: the host of the issuer that a person confirmed. It may be in the laptop's own network, as a company's own Authorization
 * server is. `refused`: the place may not be reached.
 */
export type ReachOut = (
  host: string,
  port: number,
  gone: AbortSignal,
  issuerHost: string | null,
) => Promise<{ readonly socket: Socket } | { readonly netError: string } | { readonly refused: true }>;

interface RelayDeps {
  readonly limits: OfferLimits;
  readonly reach: ReachOut;
  readonly timer: Timer;
  readonly onChanged: () => void;
  /** A connection was refused or failed. */
  readonly onRefused: (server: PairedServer, reason: string) => void;
}

/** The connections of paired servers through this laptop. It passes TLS on and sees only its ciphertext. */
export class Relay {
  readonly #deps: RelayDeps;
  readonly #tunnels = new Map<Socket, PairedServer>();
  #bytes = 0;

  constructor(deps: RelayDeps) {
    this.#deps = deps;
  }

  /** Opens a tunnel for a server that has proved who it is. Answers 403, 429 or 502 if it does not. */
  async open(server: PairedServer, authority: string, client: Socket, head: Buffer): Promise<void> {
    const { limits, reach } = this.#deps;
    const refuse = (status: number, error: 'unconfirmed' | 'not_allowed' | 'too_many' | 'unreachable') => {
      this.#deps.onRefused(server, error);
      refuseSocket(client, status, error);
    };
    if (!server.isRelaying || server.trust.state !== 'confirmed') return refuse(403, 'unconfirmed');
    const place = listedPlace(authority, server.trust.hosts);
    if (!place) return refuse(403, 'not_allowed');
    const isFull = this.#tunnels.size >= limits.tunnels || server.openTunnels >= limits.tunnelsOfServer;
    if (isFull || this.#bytes >= limits.allBytes) return refuse(429, 'too_many');
    const counts = server.countsOf(`${place.host}:${place.port}`);
    counts.openConnections += 1;
    this.#tunnels.set(client, server);
    client.once('close', () => {
      counts.openConnections -= 1;
      this.#tunnels.delete(client);
      this.#deps.onChanged();
    });
    client.on('error', () => client.destroy());
    this.#deps.onChanged();
    // Aborted only while the connection is made: later it would close the connection.
    const gone = new AbortController();
    const giveUp = () => gone.abort();
    client.once('close', giveUp);
    const cancel = this.#deps.timer.schedule(limits.connectMs, giveUp);
    const stopNoticing = noticeEnd(client);
    const reached = await reach(place.host, place.port, gone.signal, server.issuerHost).catch(() => ({ netError: '' }));
    stopNoticing();
    cancel();
    client.off('close', giveUp);
    if ('refused' in reached) return refuse(403, 'not_allowed');
    if (!('socket' in reached)) return refuse(502, 'unreachable');
    // The confirmed issuer may have changed while the connection was made.
    if (client.destroyed || !server.isRelaying || !listedPlace(authority, hostsOf(server))) {
      reached.socket.destroy();
      return void client.destroy();
    }
    this.#join(client, reached.socket, head, counts);
  }

  /** Closes the tunnels of a server. */
  closeOf(server: PairedServer): void {
    for (const [client, owner] of this.#tunnels) if (owner === server) client.destroy();
  }

  closeAll(): void {
    for (const client of this.#tunnels.keys()) client.destroy();
  }

  #join(client: Socket, far: Socket, head: Buffer, counts: { bytesUp: number; bytesDown: number }): void {
    const { limits, onChanged } = this.#deps;
    let passed = 0;
    const count = (direction: 'bytesUp' | 'bytesDown', bytes: number) => {
      counts[direction] += bytes;
      passed += bytes;
      this.#bytes += bytes;
      onChanged();
      if (passed > limits.tunnelBytes || this.#bytes > limits.allBytes) client.destroy();
    };
    const idle = () => void client.destroy();
    client.setTimeout(limits.tunnelIdleMs, idle);
    far.setTimeout(limits.tunnelIdleMs, idle);
    far.on('error', () => far.destroy());
    client.once('close', () => far.destroy());
    // The server first gets all data that arrived before the end.
    far.once('close', () => client.destroySoon());
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    client.on('data', (chunk: Buffer) => count('bytesUp', chunk.length));
    far.on('data', (chunk: Buffer) => count('bytesDown', chunk.length));
    if (head.length > 0) {
      count('bytesUp', head.length);
      far.write(head);
    }
    client.pipe(far).pipe(client);
  }
}

function hostsOf({ trust }: PairedServer): readonly string[] {
  return trust.state === 'confirmed' ? trust.hosts : [];
}

/** An unread socket does not report its end, so this watches for the end without consuming data. The result stops watching. */
function noticeEnd(socket: Socket): () => void {
  const look = () => void socket.read(0);
  const ended = () => socket.destroy();
  socket.on('readable', look).once('end', ended);
  return () => void socket.off('readable', look).off('end', ended);
}
