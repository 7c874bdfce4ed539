import { connect, isIP, type LookupFunction } from 'node:net';
import type { KnownProxySignIns } from '../../../keychain/proxy-sign-ins.ts';
import { evaluateNavigation, evaluateResolved, type PanePolicy } from '../limits/navigation-policy.ts';
import { literalAddress } from '../private-addresses.ts';
import { connectTimeoutMs, type NetError, netErrorOf, type Reached } from './net-error.ts';
import { systemWays } from './system-proxies.ts';
import { throughProxy } from './upstream.ts';

/** What the computer's network settings say. */
export interface SystemNetwork {
  /** The proxies for that address, as `PROXY proxy.example:3128; DIRECT`. */
  resolveProxy(url: string): Promise<string>;
  /** All addresses of a name. Rejects if it has none. */
  resolveHost(name: string): Promise<readonly string[]>;
  /** The names and passwords that people entered for the proxies. */
  readonly proxySignIns?: KnownProxySignIns | undefined;
}

/** The client that asked for the connection. */
interface Client {
  readonly userAgent?: string | undefined;
  /** Aborted when the client no longer waits for the connection. */
  readonly gone: AbortSignal;
}

/** How long one address is tried before the next address of the name. */
const firstFamilyMs = 1_000;

/**
 * The only place that decides where the pane may connect, and makes the connection. `authority` is host and port. A name is
 * resolved only once, and the connection goes to the addresses that were checked.
 */
export async function reach(
  authority: string,
  policy: PanePolicy,
  system: SystemNetwork,
  client: Client,
): Promise<Reached> {
  const url = allowedAddress(authority, policy);
  if (!url) return { netError: 'ERR_BLOCKED_BY_CLIENT' };
  const literal = literalAddress(url.hostname);
  const addresses = literal ? [literal] : await system.resolveHost(url.hostname).catch(() => []);
  if (!evaluateResolved(url.href, addresses, policy).allowed) return { netError: 'ERR_BLOCKED_BY_CLIENT' };
  return connectBy(url, addresses, system, client);
}

/** Connects to the host of an address that was checked, at one of these IP addresses, or by the proxy of this computer. */
export async function connectBy(
  url: URL,
  addresses: readonly string[],
  system: SystemNetwork,
  client: Client,
): Promise<Reached> {
  const ways = systemWays(await system.resolveProxy(url.href).catch(() => ''));
  const port = portOf(url);
  let netError: NetError = 'ERR_NO_SUPPORTED_PROXIES';
  for (const way of ways) {
    if (way.kind === 'unsupported') continue;
    if (client.gone.aborted) return { netError: 'ERR_CONNECTION_FAILED' };
    const reached =
      way.kind === 'direct'
        ? await directly(addresses, port, client)
        : await throughProxy(way, { hostname: url.hostname, port, ...client }, system.proxySignIns);
    // The next proxy is tried only if this one cannot be reached, not if it refuses.
    if ('socket' in reached || reached.netError !== 'ERR_PROXY_CONNECTION_FAILED') return reached;
    netError = reached.netError;
  }
  return { netError };
}

/** The URL to check for a connection. A tunnel does not show its scheme, so https and http are tried. Null if neither is allowed. */
function allowedAddress(authority: string, policy: PanePolicy): URL | null {
  for (const scheme of ['https', 'http']) {
    const address = `${scheme}://${authority}/`;
    if (!evaluateNavigation(address, policy).allowed) continue;
    const url = new URL(address);
    // Anything other than host and port would change what is checked.
    if (url.pathname === '/' && !url.search && !url.hash) return url;
  }
  return null;
}

export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'http:' ? 80 : 443;
}

function directly(addresses: readonly string[], port: number, { gone }: Client): Promise<Reached> {
  const [first] = addresses;
  if (first === undefined) return Promise.resolve({ netError: 'ERR_NAME_NOT_RESOLVED' });
  const judged = addresses.map((address) => ({ address, family: isIP(address) }));
  const lookup: LookupFunction = (_name, options, callback) =>
    options.all ? callback(null, judged) : callback(null, first, isIP(first));
  return new Promise((resolve) => {
    const socket = connect({
      host: judged.length === 1 ? first : 'judged.invalid',
      port,
      lookup,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: firstFamilyMs,
      timeout: connectTimeoutMs,
      signal: gone,
    });
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve({ socket });
    });
    socket.once('timeout', () => {
      socket.destroy();
      resolve({ netError: 'ERR_CONNECTION_TIMED_OUT' });
    });
    socket.on('error', (error) => resolve({ netError: netErrorOf(error) }));
  });
}
