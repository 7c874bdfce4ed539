import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request as sendRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of the Authorization server, on its way to the console. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A change to an answer on its way to the console. */
export type Rewrite = (answer: Answer) => Answer;

/** `instead`: the request never reaches the server; the proxy answers it. */
export interface PlannedRewrite {
  readonly path: RegExp;
  readonly change: Rewrite;
  readonly instead?: boolean;
  readonly times?: number;
}

/** A gateway's own answer, before a rewrite changes it. */
const fromTheWay = (): Answer => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{}' });

/** A forward proxy for plain http between the console and its Authorization server that rewrites the server's answers. */
export class RewritingProxy {
  readonly address: string;
  /** The last refresh token that the server really issued. */
  lastRefreshToken: string | undefined;
  readonly #server: Server;
  #planned: { rewrite: PlannedRewrite; left: number }[] = [];
  #rewritten = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(): Promise<RewritingProxy> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new RewritingProxy(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      proxy.#handle(request, response).catch(() => response.destroy());
    });
    return proxy;
  }

  /** The number of rewritten answers since the start. */
  get rewritten(): number {
    return this.#rewritten;
  }

  /** Rewrites the next answers for these paths: one answer each, unless `times` is given. */
  plan(rewrites: readonly PlannedRewrite[]): void {
    this.#planned = rewrites.map((rewrite) => ({ rewrite, left: rewrite.times ?? 1 }));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '');
    const body = await textOf(request);
    const planned = this.#planned.find(({ rewrite, left }) => left > 0 && rewrite.path.test(target.pathname));
    if (planned) {
      planned.left -= 1;
      this.#rewritten += 1;
    }
    const rewrite = planned?.rewrite;
    const answer = rewrite?.instead ? fromTheWay() : await this.#forward(request, target, body);
    const { status, headers, body: text } = rewrite ? rewrite.change(answer) : answer;
    response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(text)) });
    response.end(request.method === 'HEAD' ? undefined : text);
  }

  async #forward(request: IncomingMessage, target: URL, body: string): Promise<Answer> {
    const { 'proxy-connection': _, ...headers } = request.headers;
    const forwarded = sendRequest(target, { method: request.method, headers });
    forwarded.end(body);
    const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
    const text = await textOf(answer);
    if (target.pathname.endsWith('/token')) this.lastRefreshToken = issuedIn(text) ?? this.lastRefreshToken;
    const kept = Object.entries(answer.headers).filter(
      ([name]) => !/^(transfer-encoding|content-length|connection)$/.test(name),
    );
    return {
      status: answer.statusCode ?? 0,
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      body: text,
    };
  }
}

function issuedIn(text: string): string | undefined {
  const { refresh_token: issued } = JSON.parse(text || '{}') as { refresh_token?: string };
  return issued;
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Sets members of a JSON answer. Undefined removes a member; null writes null. */
export function members(changes: Readonly<Record<string, unknown>>): Rewrite {
  return (answer) => ({
    ...answer,
    body: JSON.stringify({ ...(JSON.parse(answer.body) as Record<string, unknown>), ...changes }),
  });
}

/** Sets headers. Undefined removes a header. Names must be in lower case. */
export function headers(changes: Readonly<Record<string, string | undefined>>): Rewrite {
  return (answer) => {
    const all = Object.entries({ ...answer.headers, ...changes });
    return {
      ...answer,
      headers: Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined)),
    };
  };
}

export function status(code: number): Rewrite {
  return (answer) => ({ ...answer, status: code });
}

/** An answer with this status, and a JSON object or a text as its body. */
export function answers(code: number, body: object | string, more: Readonly<Record<string, string>> = {}): Rewrite {
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json';
  return (answer) => ({
    status: code,
    headers: { ...(answer.headers['date'] ? { date: answer.headers['date'] } : {}), 'content-type': type, ...more },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
