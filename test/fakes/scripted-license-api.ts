import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { socketPath } from './socket-path.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** A fake local license API on a real socket. It answers as the test says and records the requests. */
export class ScriptedLicenseApi {
  /** The profile folder that contains its address file. */
  readonly folder = mkdtempSync(join(tmpdir(), 'license-api-'));
  readonly seen: SeenRequest[] = [];
  /** All connections so far, open or closed. */
  readonly connections: Socket[] = [];
  answer: Answer = (_request, response) => json(response, 200, { status: 'ok', version: '1.2.3' });
  #server: Server | null = null;
  #runs = 0;

  /** Listens, and writes the address file as the console does. */
  async start(listenAt: string | number = this.nextSocket()): Promise<void> {
    const server = createServer((request, response) => void this.#handle(request, response));
    server.on('connection', (socket) => this.connections.push(socket));
    this.#server = server;
    if (typeof listenAt === 'number') server.listen(listenAt, '127.0.0.1');
    else server.listen(listenAt);
    await once(server, 'listening');
    if (typeof listenAt === 'string') this.writeAddress({ version: 1, socket: listenAt, pid: process.pid });
  }

  /** A new socket path for each run, because a pipe on Windows has a new name for each. */
  nextSocket(): string {
    this.#runs += 1;
    return socketPath(this.folder, `api-${this.#runs}.sock`);
  }

  get port(): number {
    const address = this.#server?.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  get addressFile(): string {
    return join(this.folder, 'license-api.json');
  }

  writeAddress(content: unknown, mode = 0o600): void {
    rmSync(this.addressFile, { force: true });
    writeFileSync(this.addressFile, typeof content === 'string' ? content : JSON.stringify(content), { mode });
  }

  /** Closes the socket and deletes the address file, as when the console ends. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = null;
    rmSync(this.addressFile, { force: true });
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const seen = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    this.seen.push(seen);
    this.answer(seen, response);
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' });
  response.end(JSON.stringify(body));
}
