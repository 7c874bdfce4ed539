import { connect, type OnReadOpts, type Socket } from 'node:net';

export interface Load {
  readonly socket: string;
  /** Whole requests, sent in turn. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly calls: number;
}

export interface LoadResult {
  readonly elapsedMs: number;
  /** The latency of each call, in the order of the answers. */
  readonly latenciesMs: Float64Array;
  /** The number of answers that do not accept the peer. */
  readonly notAccepted: number;
}

/** Sends requests over kept connections, each as soon as its connection has the previous answer. Does hardly any work itself. */
export function runLoad(load: Load): Promise<LoadResult> {
  const { requests, connections, calls } = load;
  const latenciesMs = new Float64Array(calls);
  let sent = 0;
  let answered = 0;
  let notAccepted = 0;
  return new Promise((resolve, reject) => {
    const sockets: Socket[] = [];
    const begun = performance.now();
    const next = (): Buffer | null => {
      if (sent >= calls) return null;
      sent += 1;
      return requests[(sent - 1) % requests.length] ?? null;
    };
    const done = (latencyMs: number, accepted: boolean) => {
      latenciesMs[answered] = latencyMs;
      answered += 1;
      if (!accepted) notAccepted += 1;
      if (answered < calls) return;
      const elapsedMs = performance.now() - begun;
      for (const socket of sockets) socket.destroy();
      resolve({ elapsedMs, latenciesMs, notAccepted });
    };
    for (let nth = 0; nth < Math.min(connections, calls); nth += 1)
      sockets.push(openConnection(load.socket, next, done, reject));
  });
}

/** Its bytes go directly into its own buffer, without Node's streams. */
function openConnection(
  path: string,
  next: () => Buffer | null,
  done: (latencyMs: number, accepted: boolean) => void,
  failed: (error: Error) => void,
): Socket {
  const answer = new AnswerBuffer();
  let sentAt = 0;
  let waiting = false;
  const onread: OnReadOpts = {
    buffer: Buffer.alloc(16_384),
    callback: (length, bytes) => {
      if (answer.take(bytes as Buffer, length)) {
        done(performance.now() - sentAt, answer.isAccepted);
        send();
      }
      return true;
    },
  };
  const socket = connect({ path, onread });
  const send = () => {
    const request = next();
    waiting = request !== null;
    if (!request) return;
    sentAt = performance.now();
    socket.write(request);
  };
  socket.on('connect', send);
  socket.on('error', failed);
  socket.on('close', () => waiting && failed(new Error('The server closed a connection that was in use')));
  return socket;
}

const lengthField = /\r\ncontent-length: *(\d+)/i;

/** One answer at a time. */
class AnswerBuffer {
  readonly #bytes = Buffer.alloc(65_536);
  #length = 0;
  #whole = 0;
  isAccepted = false;

  /** Returns whether the answer is now complete. The next one begins with the next call. */
  take(bytes: Buffer, length: number): boolean {
    bytes.copy(this.#bytes, this.#length, 0, length);
    this.#length += length;
    if (this.#whole === 0) this.#readHeader();
    if (this.#whole === 0 || this.#length < this.#whole) return false;
    const text = this.#bytes.subarray(0, this.#length);
    this.isAccepted = text.toString('latin1', 0, 12) === 'HTTP/1.1 200' && text.includes('"accepted":true');
    this.#length = 0;
    this.#whole = 0;
    return true;
  }

  #readHeader(): void {
    const end = this.#bytes.subarray(0, this.#length).indexOf('\r\n\r\n');
    if (end < 0) return;
    const header = this.#bytes.toString('latin1', 0, end + 2);
    const length = lengthField.exec(header)?.[1];
    if (length === undefined) throw new Error(`An answer without a length: ${header}`);
    this.#whole = end + 4 + Number(length);
  }
}

/** One `POST /v1/verify` as it goes over the wire. */
export function verifyRequest(token: string, secret: string): Buffer {
  const body = JSON.stringify({ token });
  return Buffer.from(
    `POST /v1/verify HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${secret}\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    'latin1',
  );
}
