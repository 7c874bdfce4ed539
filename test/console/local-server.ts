import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A web server on this computer. The test provides its pages. */
export class LocalServer {
  readonly origin: string;
  readonly requests: string[] = [];
  readonly #server: Server;

  private constructor(server: Server, scheme: string, requests: string[]) {
    this.#server = server;
    this.requests = requests;
    this.origin = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
    tls?: ServerOptions,
    port = 0,
  ): Promise<LocalServer> {
    const requests: string[] = [];
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      requests.push(request.url ?? '');
      answer(request, response);
    };
    const server = tls ? createTlsServer(tls, listener) : createServer(listener);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new LocalServer(server, tls ? 'https' : 'http', requests);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

export function html(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!doctype html><title>Test page</title><body>${body}</body>`);
}
