import type { Socket } from 'node:net';

/** Why a connection failed, as Chromium's error name. So the failure texts are the same as for any other page. */
export type NetError =
  | 'ERR_BLOCKED_BY_CLIENT'
  | 'ERR_NAME_NOT_RESOLVED'
  | 'ERR_CONNECTION_REFUSED'
  | 'ERR_CONNECTION_TIMED_OUT'
  | 'ERR_ADDRESS_UNREACHABLE'
  | 'ERR_CONNECTION_FAILED'
  | 'ERR_PROXY_CONNECTION_FAILED'
  | 'ERR_TUNNEL_CONNECTION_FAILED'
  | 'ERR_PROXY_AUTH_REQUESTED'
  | 'ERR_PROXY_AUTH_UNSUPPORTED'
  | 'ERR_NO_SUPPORTED_PROXIES';

export type Reached = { readonly socket: Socket } | { readonly netError: NetError };

/** The same as for all other answers that the console waits for. */
export const connectTimeoutMs = 30_000;

const ofSystem: Readonly<Record<string, NetError>> = {
  ECONNREFUSED: 'ERR_CONNECTION_REFUSED',
  ETIMEDOUT: 'ERR_CONNECTION_TIMED_OUT',
  EHOSTUNREACH: 'ERR_ADDRESS_UNREACHABLE',
  ENETUNREACH: 'ERR_ADDRESS_UNREACHABLE',
  EADDRNOTAVAIL: 'ERR_ADDRESS_UNREACHABLE',
};

/** Chromium's name for a system error of a direct connection. */
export function netErrorOf({ code = '' }: NodeJS.ErrnoException): NetError {
  return ofSystem[code] ?? 'ERR_CONNECTION_FAILED';
}
