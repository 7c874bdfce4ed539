import { once } from 'node:events';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { makeOfferCertificate } from '../../src-main/pairing/laptop/offer-certificate.ts';
import type { ProvenLaptop } from '../../src-main/pairing/server/prove-code.ts';

/** A TLS server in place of a laptop. A test decides what it does with each connection. */
export class FalseLaptop {
  readonly fingerprint: string;
  readonly sockets = new Set<TLSSocket>();
  heard = '';
  readonly #server: Server;

  private constructor(server: Server, fingerprint: string, serve: (socket: TLSSocket) => void) {
    this.#server = server;
    this.fingerprint = fingerprint;
    server.on('secureConnection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('data', (chunk: Buffer) => (this.heard += chunk.toString('latin1')));
      serve(socket);
    });
  }

  static async listen(serve: (socket: TLSSocket) => void): Promise<FalseLaptop> {
    const { key, certificate, fingerprint } = await makeOfferCertificate(Date.now());
    const server = createServer({ key, cert: certificate });
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FalseLaptop(server, fingerprint, serve);
  }

  get address(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: (this.#server.address() as { port: number }).port };
  }

  /** As if the code had been proved with it. */
  get proven(): ProvenLaptop {
    const standing = { remainingSeconds: 60, isRelaying: true };
    return {
      bearer: 'bearer',
      words: ['zoo', 'zoo', 'zoo'],
      address: this.address,
      entered: [this.address],
      fingerprint: this.fingerprint,
      standing,
    };
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.#server.close();
  }
}

/** An HTTP answer. */
export function answerText(status: number, body: string, ...headers: readonly string[]): string {
  return [`HTTP/1.1 ${status} X`, `content-length: ${Buffer.byteLength(body)}`, ...headers, '', body].join('\r\n');
}
