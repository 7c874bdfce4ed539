import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect, isIP, isIPv4, type Socket } from 'node:net';
import * as tls from 'node:tls';
import type { EnteredSignIn } from '../../../../src-shared/authorization-pane/sign-in-question.ts';
import type { KnownProxySignIns } from '../../../keychain/proxy-sign-ins.ts';
import { connectTimeoutMs, type Reached } from './net-error.ts';

interface UpstreamProxy {
  readonly kind: 'http' | 'https' | 'socks5';
  readonly host: string;
  readonly port: number;
}

/** The destination behind the proxy. */
interface Destination {
  readonly hostname: string;
  readonly port: number;
  readonly userAgent?: string | undefined;
  readonly gone: AbortSignal;
}

/** Connects through the system's proxy, which gets the host name and resolves it itself. */
export function throughProxy(
  proxy: UpstreamProxy,
  to: Destination,
  signIns: KnownProxySignIns | undefined,
): Promise<Reached> {
  return proxy.kind === 'socks5' ? throughSocks(proxy, to) : signedIn(proxy, to, signIns);
}

/** Gives a proxy that asks for it the name and the password that a person entered for it (RFC 7617). */
async function signedIn(
  proxy: UpstreamProxy,
  to: Destination,
  signIns: KnownProxySignIns | undefined,
): Promise<Reached> {
  const reached = await throughHttp(proxy, to, null);
  if (!signIns || !asks(reached)) return reached;
  const place = `${proxy.host}:${proxy.port}`;
  const known = await signIns.of(place);
  const again = known ? await throughHttp(proxy, to, known) : reached;
  if (asks(again)) signIns.wanted(place, known);
  return again;
}

function asks(reached: Reached): boolean {
  return 'netError' in reached && reached.netError === 'ERR_PROXY_AUTH_REQUESTED';
}

/** RFC 9110 §9.3.6. */
function throughHttp(
  { kind, host, port }: UpstreamProxy,
  to: Destination,
  signIn: EnteredSignIn | null,
): Promise<Reached> {
  const authority = `${to.hostname}:${to.port}`;
  const options = {
    method: 'CONNECT',
    host,
    port,
    path: authority,
    headers: {
      host: authority,
      ...(to.userAgent ? { 'user-agent': to.userAgent } : {}),
      ...(signIn ? { 'proxy-authorization': basic(signIn) } : {}),
    },
    agent: false,
    timeout: connectTimeoutMs,
    signal: to.gone,
  };
  return new Promise((resolve) => {
    // The certificate must be the proxy's, not the destination's.
    const secure = { ...options, servername: isIP(host) ? '' : host, ca: trustedAuthorities() };
    const request = kind === 'https' ? httpsRequest(secure) : httpRequest(options);
    request.on('connect', ({ statusCode = 0, headers }: IncomingMessage, socket: Socket, head: Buffer) => {
      socket.setTimeout(0);
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        return resolve({ socket });
      }
      socket.destroy();
      if (statusCode !== 407) return resolve({ netError: 'ERR_TUNNEL_CONNECTION_FAILED' });
      const offersBasic = /(?:^|,)\s*basic\b/i.test(headers['proxy-authenticate'] ?? '');
      return resolve({ netError: offersBasic ? 'ERR_PROXY_AUTH_REQUESTED' : 'ERR_PROXY_AUTH_UNSUPPORTED' });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve({ netError: 'ERR_PROXY_CONNECTION_FAILED' }));
    request.end();
  });
}

function basic({ name, password }: EnteredSignIn): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}

/** Includes the system's certificate authorities if this Node.js can read them. */
function trustedAuthorities(): string[] {
  const { getCACertificates } = tls as { getCACertificates?: (type: 'system') => string[] };
  return [...tls.rootCertificates, ...(getCACertificates?.('system') ?? [])];
}

/** RFC 1928 without authentication, which Chromium does not support for SOCKS either. */
async function throughSocks({ host, port }: UpstreamProxy, to: Destination): Promise<Reached> {
  const socket = connect({ host, port, signal: to.gone });
  socket.setTimeout(connectTimeoutMs, () => socket.destroy());
  socket.on('error', () => {});
  try {
    socket.write(Buffer.from([5, 1, 0]));
    const [version, method] = await take(socket, 2);
    if (version !== 5 || method !== 0) {
      socket.destroy();
      return { netError: version === 5 ? 'ERR_PROXY_AUTH_UNSUPPORTED' : 'ERR_PROXY_CONNECTION_FAILED' };
    }
    socket.write(Buffer.concat([Buffer.from([5, 1, 0]), socksAddress(to.hostname), portBytes(to.port)]));
    const [, answer, , kind] = await take(socket, 4);
    // Skips the address from which the proxy connects.
    const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await take(socket, 1))[0] ?? 0);
    await take(socket, length + 2);
    if (answer !== 0) {
      socket.destroy();
      return { netError: 'ERR_TUNNEL_CONNECTION_FAILED' };
    }
    socket.setTimeout(0);
    return { socket };
  } catch {
    socket.destroy();
    return { netError: 'ERR_PROXY_CONNECTION_FAILED' };
  }
}

function socksAddress(hostname: string): Buffer {
  if (isIPv4(hostname)) return Buffer.from([1, ...hostname.split('.').map(Number)]);
  const name = Buffer.from(hostname.replace(/^\[|\]$/g, ''), 'latin1');
  return Buffer.concat([Buffer.from([3, name.length]), name]);
}

function portBytes(port: number): Buffer {
  return Buffer.from([port >> 8, port & 255]);
}

/** The next `length` bytes. Rejects if the connection ends first. */
function take(socket: Socket, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const bytes = socket.read(length) as Buffer | null;
      if (bytes) settle(() => resolve(bytes));
    };
    const ended = () => settle(() => reject(new Error('The proxy ended the connection')));
    const settle = (then: () => void) => {
      socket.off('readable', look).off('close', ended).off('end', ended);
      then();
    };
    socket.on('readable', look).on('close', ended).on('end', ended);
    look();
  });
}
