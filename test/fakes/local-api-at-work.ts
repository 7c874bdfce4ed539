import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientPermission } from '../../src-shared/registers/local-api-view.ts';
import { ApiClients } from '../../src-main/local-api/api-clients.ts';
import { type ApiLimits, apiLimits } from '../../src-main/local-api/api-limits.ts';
import { OpenApi } from '../../src-main/local-api/open-api.ts';
import { ApiServer } from '../../src-main/local-api/api-server.ts';
import { openSocket } from '../../src-main/local-api/listener.ts';
import type { ServedLicense } from '../../src-main/local-api/served-license.ts';
import { FakeClock } from './fake-clock.ts';
import { HandTimer } from './hand-timer.ts';
import { MemoryDocuments } from './memory-documents.ts';
import { FakeServedLicense } from './served-license.ts';

/** The real server of the local license API on a socket and optionally on a TCP port, with a fake license. */
export class LocalApiAtWork {
  readonly clock = new FakeClock();
  readonly timer = new HandTimer(this.clock);
  readonly documents = new MemoryDocuments();
  readonly served = new FakeServedLicense();
  readonly others = new Map<string, ServedLicense>();
  readonly clients = new ApiClients({
    documents: this.documents,
    now: () => this.clock.wallNow(),
    onLost: () => {},
    onWithheld: () => {},
  });
  readonly faults: unknown[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'flc-api-'));
  server!: ApiServer;
  open!: OpenApi;
  port = 0;

  static async start({ tcp = false, ...limits }: Partial<ApiLimits> & { readonly tcp?: boolean } = {}) {
    const atWork = new LocalApiAtWork();
    atWork.server = new ApiServer({
      clients: atWork.clients,
      onUsed: ({ id }) => void atWork.clients.used(id),
      served: (id) => (id === atWork.served.profileId ? atWork.served : (atWork.others.get(id) ?? null)),
      version: '1.2.3',
      limits: { ...apiLimits, ...limits },
      timer: atWork.timer,
      onFault: (thrown) => atWork.faults.push(thrown),
    });
    const socket = await openSocket(atWork.folder, (hosts) => atWork.server.serverFor(hosts));
    if (!socket.ok) throw new Error(JSON.stringify(socket.failure));
    atWork.open = new OpenApi(atWork.folder, atWork.server, socket.value);
    if (tcp) await atWork.#openTcp();
    return atWork;
  }

  /** Creates a client with these permissions and returns its secret. */
  secret(may: readonly ClientPermission[], profileId = this.served.profileId): string {
    const created = this.clients.create(profileId, { name: `${profileId} ${may.join(' ')}`, may: [...may] });
    if (!created.ok) throw new Error(created.failure.code);
    return created.value.secret;
  }

  get socket(): NetConnectOpts {
    return { path: this.open.socket };
  }

  get tcp(): NetConnectOpts {
    return { host: '127.0.0.1', port: this.port };
  }

  async close(): Promise<void> {
    await this.open.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #openTcp(): Promise<void> {
    for (let tries = 0; tries < 20; tries += 1) {
      this.port = await freePort();
      if ((await this.open.useTcp(this.port)).ok) return;
    }
    throw new Error('No free port');
  }
}

/** A loopback TCP port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Everything received over a connection until the server closed it. */
export interface Received {
  readonly text: string;
  readonly status: number;
  readonly body: string;
  /** Null if the body is not JSON. */
  readonly json: unknown;
  /** The `code` member of the body, as in problem details. */
  readonly code: unknown;
}

/** Sends bytes unchanged, without an HTTP client that would correct them, and reads until the server closes the connection. */
export function sendRaw(to: NetConnectOpts, bytes: string | Buffer): Promise<Received> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(to);
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    // The server may refuse a request and close the connection while the client is still sending.
    socket.on('error', () => {});
    socket.on('close', () => resolve(receivedOf(Buffer.concat(chunks).toString('utf8'))));
  });
}

/** A correct request with a test's changes. It has `connection: close`, so that the connection ends with the answer. */
export function requestText(
  line: string,
  {
    secret,
    headers = {},
    body,
    host = 'localhost',
  }: {
    readonly secret?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly host?: string;
  } = {},
): string {
  const all: Record<string, string> = {
    host,
    connection: 'close',
    ...(secret ? { authorization: `Bearer ${secret}` } : {}),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

export function receivedOf(text: string): Received {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  let json: unknown = null;
  try {
    json = JSON.parse(body);
  } catch {
    // The body is empty or not JSON.
  }
  return {
    text,
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
    body,
    json,
    code: (json as { code?: unknown } | null)?.code,
  };
}

/** Opens a connection and leaves it open. */
export function hold(to: NetConnectOpts, bytes = ''): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(to);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => {});
      socket.resume();
      if (bytes) socket.write(bytes);
      resolve(socket);
    });
  });
}
