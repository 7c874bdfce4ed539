import { Agent, type IncomingMessage, request, type RequestOptions } from 'node:http';
import { connect, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ApiAddress, notRunning } from './find-console.ts';
import { LicenseApiError } from './license-api-error.ts';

const keptConnections = 8;
const maxAnswerBytes = 1024 * 1024;
const gone = new Set(['ECONNRESET', 'EPIPE']);
const nobodyThere = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

interface ConnectionOptions {
  /** Called for each new connection: a restarted console may listen elsewhere. Throws a {@link LicenseApiError}. */
  readonly address: () => ApiAddress;
  /** The `Host` header (RFC 9110 §7.2). The API accepts only its own names. */
  readonly host: string;
  readonly secret: string;
  /** For one call, ms. */
  readonly timeoutMs: number;
}

/** Connects to wherever the API listens at that time. With `keepAlive`, connections stay open between calls. */
class ApiAgent extends Agent {
  readonly #address: () => ApiAddress;

  constructor(address: () => ApiAddress, keepAlive: boolean) {
    super({ keepAlive, maxSockets: keepAlive ? keptConnections : Number.POSITIVE_INFINITY });
    this.#address = address;
  }

  override createConnection(_options: unknown, made?: (error: Error | null, stream: Duplex) => void): undefined {
    made?.(null, this.#connect());
  }

  #connect(): Socket {
    try {
      return connect(this.#address());
    } catch (error) {
      return new Nowhere(error as Error);
    }
  }
}

/** A socket that only fails. If an agent gets no socket at all, the calls in its queue wait forever. */
class Nowhere extends Socket {
  readonly #why: Error;

  constructor(why: Error) {
    super();
    this.#why = why;
    this.on('error', () => {});
    // Fails even if nothing is written. Deferred, so that the caller can attach its error handler first.
    setImmediate(() => this.destroy(why));
  }

  override _write(_chunk: unknown, _encoding: unknown, done: (error: Error) => void): void {
    done(this.#why);
  }

  override _writev(_chunks: unknown, done: (error: Error) => void): void {
    done(this.#why);
  }
}

/** Calls the API with the client's secret, and limits the time and size of each answer. */
export class ApiConnection {
  readonly #options: ConnectionOptions;
  readonly #agent: ApiAgent;
  /** Separate from `#agent`, because a stream occupies its connection while it is read. */
  readonly #streams: ApiAgent;
  /** One controller for each call in progress. */
  readonly #underWay = new Set<AbortController>();
  #closing = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#agent = new ApiAgent(options.address, true);
    this.#streams = new ApiAgent(options.address, false);
  }

  close(): void {
    this.#closing = true;
    for (const limit of this.#underWay) limit.abort();
    this.#agent.destroy();
    this.#streams.destroy();
  }

  /**
   * The answer's JSON. Retries once if the connection was lost without an answer: the console may have closed it after a long pause,
   * or to make room while other programs hold hundreds of connections. This is safe: every call may be repeated.
   */
  async ask(question: Question): Promise<unknown> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.#options.timeoutMs);
    this.#underWay.add(limit);
    try {
      return await this.#askAgain(question, limit.signal);
    } catch (error) {
      if (this.#closing) throw closed();
      throw limit.signal.aborted ? this.#timedOut(error) : error;
    } finally {
      clearTimeout(timer);
      this.#underWay.delete(limit);
    }
  }

  async #askAgain(question: Question, signal: AbortSignal): Promise<unknown> {
    const ask = async () => readAnswer(await this.#send(question, this.#agent, signal));
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof GoneError)) throw error;
      if (signal.aborted) throw error.lost;
      // The other idle connections are most likely lost too.
      for (const socket of Object.values(this.#agent.freeSockets).flat()) socket?.destroy();
      try {
        return await ask();
      } catch (again) {
        throw again instanceof GoneError ? again.lost : again;
      }
    }
  }

  /** Opens a streaming answer. Rejects with the API's problem if the status is not 200. */
  async stream(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.#options.timeoutMs);
    const stop = () => limit.abort();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const answer = await this.#send({ method: 'GET', path }, this.#streams, limit.signal);
      if (answer.statusCode !== 200) await readAnswer(answer);
      return answer;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  #send(question: Question, agent: ApiAgent, signal: AbortSignal): Promise<IncomingMessage> {
    const body = question.body && Buffer.from(JSON.stringify(question.body));
    return new Promise((resolve, reject) => {
      const sent = request(this.#requestOptions(question, body, agent, signal), resolve);
      sent.on('error', (error: NodeJS.ErrnoException) => reject(failureOf(error, true)));
      // A request emits nothing itself while it still waits for a connection, or after an upgrade took its socket.
      signal.addEventListener('abort', () => reject(failureOf(new Error('given up'), false)), { once: true });
      sent.on('upgrade', (answer, socket) => {
        socket.destroy();
        reject(notTheConsole(answer.statusCode ?? 0));
      });
      sent.end(body);
    });
  }

  #timedOut(cause: unknown): LicenseApiError {
    const detail = `no answer within ${this.#options.timeoutMs} ms`;
    return new LicenseApiError('timed_out', 'The License Console did not answer in time', { detail, cause });
  }

  #requestOptions(
    { method, path }: Question,
    body: Buffer | undefined,
    agent: Agent,
    signal: AbortSignal,
  ): RequestOptions {
    return {
      agent,
      signal,
      method,
      path,
      // Only the key under which the agent pools its connections. The agent itself chooses the address.
      host: 'localhost',
      headers: {
        host: this.#options.host,
        accept: 'application/json',
        authorization: `Bearer ${this.#options.secret}`,
        ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}),
      },
    };
  }
}

/** The connection was lost, and nothing was answered. */
class GoneError extends Error {
  readonly lost: LicenseApiError;

  constructor(lost: LicenseApiError) {
    super(lost.message);
    this.lost = lost;
  }
}

function failureOf(error: NodeJS.ErrnoException, mayRetry: boolean): Error {
  if (error instanceof LicenseApiError) return error;
  const code = error.code ?? '';
  if (nobodyThere.has(code)) return notRunning(error.message, error);
  const lost = new LicenseApiError('connection_lost', 'The connection to the License Console was lost', {
    detail: error.message,
    cause: error,
  });
  return mayRetry && gone.has(code) ? new GoneError(lost) : lost;
}

async function readAnswer(answer: IncomingMessage): Promise<unknown> {
  const parsed = parse(await readText(answer));
  const status = answer.statusCode ?? 0;
  if (status === 200 && parsed) return parsed;
  if (status >= 400 && parsed && typeof parsed['code'] === 'string')
    throw new LicenseApiError(parsed['code'], textOf(parsed['title']), { status, detail: textOf(parsed['detail']) });
  throw notTheConsole(status);
}

function notTheConsole(status: number): LicenseApiError {
  return new LicenseApiError('answer_malformed', 'What answered is not the License Console', { status });
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxAnswerBytes)
        throw new LicenseApiError('answer_too_large', 'The answer is larger than any of the License Console');
      chunks.push(chunk);
    }
  } catch (error) {
    throw failureOf(error as NodeJS.ErrnoException, false);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function closed(): LicenseApiError {
  return new LicenseApiError('closed', 'This license client was closed');
}
