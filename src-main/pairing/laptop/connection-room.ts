import type { Socket } from 'node:net';
import type { OfferLimits } from './offer-limits.ts';

/**
 * Keeps room for paired servers. Other connections are limited, in total and for each address. If there are too many, the oldest one of the
 * address with the most is closed. So a computer that only opens connections locks nobody out.
 */
export class ConnectionRoom {
  readonly #limits: Pick<OfferLimits, 'unproven' | 'unprovenOfAddress' | 'ofServer'>;
  readonly #all = new Set<Socket>();
  /** In the order of their arrival. */
  readonly #unproven = new Map<string, Socket>();
  readonly #owners = new Map<string, object>();

  constructor(limits: Pick<OfferLimits, 'unproven' | 'unprovenOfAddress' | 'ofServer'>) {
    this.#limits = limits;
  }

  get count(): number {
    return this.#all.size;
  }

  opened(socket: Socket): void {
    const name = nameOf(socket);
    this.#all.add(socket);
    this.#unproven.set(name, socket);
    socket.once('close', () => {
      this.#all.delete(socket);
      this.#unproven.delete(name);
      this.#owners.delete(name);
    });
    const address = socket.remoteAddress;
    if (this.#unprovenOf(address).length > this.#limits.unprovenOfAddress) this.#drop(this.#unprovenOf(address)[0]);
    if (this.#unproven.size > this.#limits.unproven) this.#drop(this.#unprovenOf(this.#mostFrequent())[0]);
  }

  /** The connection belongs to this paired server. False if the server has too many. `socket` may be the TLS socket. */
  proved(socket: Socket, owner: object): boolean {
    const name = nameOf(socket);
    if (this.#owners.get(name) === owner) return true;
    const own = [...this.#owners.values()].filter((one) => one === owner).length;
    if (own >= this.#limits.ofServer) return false;
    this.#unproven.delete(name);
    this.#owners.set(name, owner);
    return true;
  }

  closeAll(): void {
    for (const socket of this.#all) socket.destroy();
  }

  #unprovenOf(address: string | undefined): readonly Socket[] {
    return [...this.#unproven.values()].filter(({ remoteAddress }) => remoteAddress === address);
  }

  #mostFrequent(): string | undefined {
    const counts = new Map<string | undefined, number>();
    for (const { remoteAddress } of this.#unproven.values())
      counts.set(remoteAddress, (counts.get(remoteAddress) ?? 0) + 1);
    return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0];
  }

  #drop(socket: Socket | undefined): void {
    if (!socket) return;
    this.#unproven.delete(nameOf(socket));
    socket.destroy();
  }
}

/** The same key for a connection and for the TLS socket on it. */
function nameOf({ remoteAddress = '', remotePort = 0 }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}
