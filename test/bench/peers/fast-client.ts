import { connect, type Socket } from 'node:net';

export interface Load {
  readonly socket: string;
  /** Whole requests, sent in turn. */
  readonly requests: readonly Buffer[];
  readonly connections: number;
  readonly calls: number;
}

export interface LoadResult {
  readonly elapsedMs: number;
  /** Of each call, in the order in which they were answered. */
  readonly latenciesMs: Float64Array;
  /** Answers that did not say that the peer is accepted. */
  readonly notAccepted: number;
}

/** Sends requests over kept connections, each as soon as its connection has the answer before it; hardly any work itself. */
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

function openConnection(
  path: string,
  next: () => Buffer | null,
  done: (latencyMs: number, accepted: boolean) => void,
  failed: (error: Error) => void,
): Socket {
  const socket = connect({ path });
  let sentAt = 0;
  let waiting = false;
  let rest = '';
  const send = () => {
    const request = next();
    waiting = request !== null;
    if (!request) return;
    sentAt = performance.now();
    socket.write(request);
  };
  socket.setEncoding('latin1');
  socket.on('connect', send);
  socket.on('error', failed);
  socket.on('close', () => waiting && failed(new Error('The server closed a connection that was in use')));
  socket.on('data', (piece: string) => {
    rest = rest ? rest + piece : piece;
    if (!isWhole(rest)) return;
    const accepted = rest.startsWith('HTTP/1.1 200') && rest.includes('"accepted":true');
    rest = '';
    done(performance.now() - sentAt, accepted);
    send();
  });
  return socket;
}

const lengthField = /\r\ncontent-length: *(\d+)/i;

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = lengthField.exec(answer.slice(0, end + 2))?.[1];
  if (length === undefined) throw new Error(`An answer without a length: ${answer.slice(0, end)}`);
  return answer.length >= end + 4 + Number(length);
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
