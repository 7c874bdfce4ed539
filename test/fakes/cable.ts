import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A network between two computers that a test can cut and repair. It records the data towards the far end. */
export class Cable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #recorded: Buffer[] = [];
  #isCut = false;
  #port: number;

  private constructor(port: number) {
    this.#port = port;
    this.#server = createServer((near) => {
      if (this.#isCut) return void near.destroy();
      const far = connect(this.#port, '127.0.0.1');
      near.on('data', (chunk: Buffer) => this.#recorded.push(chunk));
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.on('error', () => one.destroy());
        one.once('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
      near.pipe(far).pipe(near);
    });
  }

  static async to(port: number): Promise<Cable> {
    const cable = new Cable(port);
    cable.#server.listen(0, '127.0.0.1');
    await once(cable.#server, 'listening');
    return cable;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get recorded(): string {
    return Buffer.concat(this.#recorded).toString('latin1');
  }

  /** Ends all connections and lets no new one through. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** No data gets through from now on, but neither end notices. */
  hush(): void {
    for (const socket of this.#sockets) socket.unpipe();
    for (const socket of this.#sockets) socket.pause();
    this.#isCut = true;
  }

  /** From now on, new connections lead there. */
  leadTo(port: number): void {
    this.#port = port;
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}
