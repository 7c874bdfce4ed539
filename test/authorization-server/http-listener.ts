/** A listener that can stop and start again on the same port. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

export interface ListenerOptions {
  readonly host: string;
  /** The name that clients know. Default: the host. */
  readonly name?: string | undefined;
  /** 0 picks a free port at the first start and keeps it. */
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

export class HttpListener {
  readonly #options: ListenerOptions;
  #port: number;
  #server: Server | undefined;

  constructor(options: ListenerOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  get origin(): string {
    const { host, name = host, tls } = this.#options;
    return `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${this.#port}`;
  }

  async start(): Promise<void> {
    if (this.#server) return;
    const { host, tls } = this.#options;
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      this.#options.handle(request, response).catch((error: unknown) => {
        process.emitWarning(error instanceof Error ? error : String(error));
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    };
    const server = tls ? createTlsServer({ key: tls.key, cert: tls.cert }, listener) : createServer(listener);
    server.listen(this.#port, host);
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
    this.#server = server;
  }

  /** Stops listening and breaks open connections. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
}
