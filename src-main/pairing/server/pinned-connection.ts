import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { serverDateOf } from '../../authorization/server-date.ts';
import type { PairingAddress } from '../pairing-address.ts';
import { fingerprintOf } from '../pairing-keys.ts';
import { largest } from '../wire.ts';

/** A connection to a laptop, and the fingerprint of the certificate that it showed. */
export interface LaptopConnection {
  readonly socket: TLSSocket;
  readonly fingerprint: string;
}

type AcceptsFingerprint = (fingerprint: string) => boolean;

/**
 * Connects with TLS 1.3. No authority vouches for the certificate: the proof of the code, or an already known fingerprint, shows whose it
 * is. Null if there is no such connection in that time, or if `accepts` refuses the fingerprint.
 */
export function connectToLaptop(
  { host, port }: PairingAddress,
  limitMs: number,
  accepts: AcceptsFingerprint = () => true,
  cancelled?: AbortSignal,
): Promise<LaptopConnection | null> {
  return new Promise((resolve) => {
    if (cancelled?.aborted) return resolve(null);
    const socket = connect({
      host,
      port,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
      maxVersion: 'TLSv1.3',
      ALPNProtocols: ['http/1.1'],
      servername: '',
    });
    const giveUp = () => {
      clearTimeout(limit);
      socket.destroy();
      resolve(null);
    };
    const limit = setTimeout(giveUp, limitMs);
    cancelled?.addEventListener('abort', giveUp);
    socket.once('close', () => cancelled?.removeEventListener('abort', giveUp));
    socket.once('close', giveUp);
    socket.on('error', giveUp);
    socket.once('secureConnect', () => {
      clearTimeout(limit);
      cancelled?.removeEventListener('abort', giveUp);
      socket.off('close', giveUp);
      const { raw } = socket.getPeerCertificate() as { raw?: Buffer };
      const fingerprint = raw ? fingerprintOf(raw) : '';
      if (!raw || !accepts(fingerprint)) return giveUp();
      socket.setNoDelay(true);
      resolve({ socket, fingerprint });
    });
  });
}

/** The pause before the next address is tried as well, in ms (RFC 8305 §5). */
const nextAddressMs = 250;

/**
 * Connects to the address that answers first. They are tried in order, and a silent one delays the others only a little. Null if none of
 * them gives an accepted connection in that time.
 */
export function connectToAny(
  addresses: readonly PairingAddress[],
  limitMs: number,
  accepts: AcceptsFingerprint = () => true,
  cancelled?: AbortSignal,
): Promise<(LaptopConnection & { readonly address: PairingAddress }) | null> {
  const over = new AbortController();
  const endsAt = performance.now() + limitMs;
  let [next, open] = [0, 0];
  return new Promise((resolve) => {
    const end: typeof resolve = (found) => {
      clearTimeout(pause);
      cancelled?.removeEventListener('abort', giveUp);
      over.abort();
      resolve(found);
    };
    const giveUp = () => end(null);
    const tryNext = async (): Promise<void> => {
      clearTimeout(pause);
      const address = addresses[next];
      if (over.signal.aborted) return;
      if (!address) return void (open === 0 && giveUp());
      next += 1;
      open += 1;
      pause = setTimeout(() => void tryNext(), nextAddressMs);
      const connection = await connectToLaptop(address, endsAt - performance.now(), accepts, over.signal);
      open -= 1;
      if (!connection) return tryNext();
      if (over.signal.aborted) connection.socket.destroy();
      else end({ ...connection, address });
    };
    let pause: ReturnType<typeof setTimeout> | undefined;
    cancelled?.addEventListener('abort', giveUp);
    if (cancelled?.aborted) giveUp();
    else void tryNext();
  });
}

export interface LaptopAnswer {
  readonly status: number;
  readonly body: string;
  /** The laptop's clock, in ms. Null if the answer does not say. */
  readonly at: number | null;
}

interface LaptopQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly bearer?: string;
  readonly document?: object;
}

/** Sends a request on the connection and reads its answer. Null if none came in that time, or too large a one. */
export function askLaptop(socket: TLSSocket, question: LaptopQuestion, limitMs: number): Promise<LaptopAnswer | null> {
  return new Promise((resolve) => {
    const giveUp = () => {
      socket.destroy();
      done(null);
    };
    const limit = setTimeout(giveUp, limitMs);
    const done = (answer: LaptopAnswer | null) => {
      clearTimeout(limit);
      socket.off('close', giveUp);
      resolve(answer);
    };
    socket.once('close', giveUp);
    const request = openQuestion(socket, question);
    request.once('error', giveUp);
    request.once('response', (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest.answer) giveUp();
        else chunks.push(chunk);
      });
      response.once('error', giveUp);
      response.once('end', () =>
        done({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          at: laptopTime(response),
        }),
      );
    });
  });
}

/** The `Date` of an answer (RFC 9110 §6.6.1), in ms: the laptop's clock. */
export function laptopTime({ headers }: IncomingMessage): number | null {
  return serverDateOf({ date: headers.date ?? '' })?.at ?? null;
}

/** Sends a request whose answer the caller reads itself. The connection stays open behind it. */
export function openQuestion(
  socket: TLSSocket,
  { method, path, bearer, document }: LaptopQuestion,
): ReturnType<typeof httpRequest> {
  const body = document && JSON.stringify(document);
  const request = httpRequest({
    method,
    path,
    createConnection: () => socket,
    setHost: false,
    headers: {
      host: 'laptop',
      connection: 'keep-alive',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    },
  });
  request.on('error', () => socket.destroy());
  request.end(body);
  return request;
}

/** Asks the laptop for a tunnel (RFC 9110 §9.3.6). Resolves to the open tunnel, or to the answer that refused it. */
export function askForTunnel(
  socket: TLSSocket,
  authority: string,
  bearer: string,
  limitMs: number,
): Promise<{ readonly socket: Socket; readonly head: Buffer } | { readonly status: number }> {
  return new Promise((resolve) => {
    const giveUp = () => {
      socket.destroy();
      done({ status: 0 });
    };
    const limit = setTimeout(giveUp, limitMs);
    const done: typeof resolve = (outcome) => {
      clearTimeout(limit);
      socket.off('close', giveUp);
      resolve(outcome);
    };
    socket.once('close', giveUp);
    const request = httpRequest({
      method: 'CONNECT',
      path: authority,
      createConnection: () => socket,
      setHost: false,
      headers: { host: authority, 'proxy-authorization': `Bearer ${bearer}` },
    });
    request.once('error', giveUp);
    request.once('connect', ({ statusCode = 0 }: IncomingMessage, tunnel: Socket, head: Buffer) => {
      if (statusCode === 200) return done({ socket: tunnel, head });
      tunnel.destroy();
      done({ status: statusCode });
    });
    request.end();
  });
}
