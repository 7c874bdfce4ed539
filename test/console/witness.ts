import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Target } from './ways-out.ts';

/** Listens on one port with TCP and UDP, and counts what arrives. */
export class Witness {
  readonly target: Target;
  connections = 0;
  datagrams = 0;
  /** The number of bytes received over both. */
  bytes = 0;
  readonly #tcp: Server;
  readonly #udp: UdpSocket;
  readonly #sockets = new Set<Socket>();

  private constructor(tcp: Server, udp: UdpSocket, host: string) {
    this.#tcp = tcp;
    this.#udp = udp;
    const { port } = tcp.address() as AddressInfo;
    this.target = { host: host.includes(':') ? `[${host}]` : host, port };
    tcp.on('connection', (socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => this.#sockets.delete(socket));
      socket.on('data', ({ length }) => {
        this.bytes += length;
        socket.end(
          'HTTP/1.1 200 OK\r\nconnection: close\r\naccess-control-allow-origin: *\r\ncontent-type: text/plain\r\ncontent-length: 1\r\n\r\nx',
        );
      });
    });
    udp.on('message', ({ length }) => {
      this.datagrams += 1;
      this.bytes += length;
    });
  }

  static async open(host: string): Promise<Witness> {
    const tcp = createServer().listen(0, host);
    await once(tcp, 'listening');
    const udp = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    udp.bind((tcp.address() as AddressInfo).port, host);
    await once(udp, 'listening');
    return new Witness(tcp, udp, host);
  }

  /** Connections and datagrams, together. */
  get arrived(): number {
    return this.connections + this.datagrams;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#udp.close();
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }
}
