import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A TCP server on this computer that does with its connections what the test says. */
export class RawServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** All that arrived, as Latin-1. */
  seen = '';

  private constructor(server: Server, does: (socket: Socket) => void) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('data', (chunk: Buffer) => (this.seen += chunk.toString('latin1')));
      does(socket);
    });
  }

  static async start(does: (socket: Socket) => void): Promise<RawServer> {
    const server = createServer();
    const raw = new RawServer(server, does);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return raw;
  }

  /** Its address as that of an encrypted server. */
  get origin(): string {
    return `https://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
