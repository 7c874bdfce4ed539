import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ServerOptions } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import { html, LocalServer } from './local-server.ts';

/** A console in whose main process a test can run functions. */
export interface HasMain {
  readonly electron: {
    evaluate<Given, Value>(
      ask: (electron: typeof import('electron'), given: Given) => Value | Promise<Value>,
      given?: Given,
    ): Promise<Value>;
  };
}

/**
 * Simulates public https servers for the embedded page. A proxy that acts as the system's proxy connects every name to a server
 * on this computer, whose certificate the pane's session trusts. Connections to a name that begins with "silent." never complete.
 */
export class FarServers {
  readonly #app: HasMain;
  readonly #proxy: Server;
  readonly #server: LocalServer;
  readonly #asked: string[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(app: HasMain, proxy: Server, server: LocalServer) {
    this.#app = app;
    this.#proxy = proxy;
    this.#server = server;
    proxy.on('connect', (request, socket: Socket) => {
      const host = request.url ?? '';
      this.#asked.push(host);
      this.#keep(socket);
      if (host.startsWith('silent.')) return;
      const through = connect(Number(new URL(server.origin).port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      this.#keep(through);
    });
  }

  static async open(app: HasMain, answer = farPage, asks: ServerOptions = {}): Promise<FarServers> {
    const certificate = await generate([{ name: 'commonName', value: 'far' }], { keySize: 2048 });
    const tls = { key: certificate.private, cert: certificate.cert, ...asks };
    const server = await LocalServer.start(answer, tls);
    const proxy = createServer();
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    await app.electron.evaluate(
      async ({ session, webContents }, port) => {
        const pane = webContents.getAllWebContents().find((contents) => /^https?:/.test(contents.getURL()));
        pane?.session.setCertificateVerifyProc((_request, answer) => answer(0));
        await session.fromPartition('system-network').setProxy({ proxyRules: `https=127.0.0.1:${port}` });
      },
      (proxy.address() as AddressInfo).port,
    );
    return new FarServers(app, proxy, server);
  }

  /** The hosts and ports to which a connection was requested. */
  get asked(): readonly string[] {
    return this.#asked;
  }

  get port(): number {
    return (this.#proxy.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await this.#app.electron.evaluate(({ session }) =>
      session.fromPartition('system-network').setProxy({ mode: 'system' }),
    );
    for (const socket of this.#sockets) socket.destroy();
    this.#proxy.close();
    await this.#server.close();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
  }
}

function farPage(_request: IncomingMessage, response: ServerResponse): void {
  html(response, '<h1>Far server</h1>');
}
