import type { KnownProxySignIns } from '../keychain/proxy-sign-ins.ts';
import type { ReachOut } from '../pairing/laptop/relay.ts';
import type { SystemNetwork } from './authorization-pane/pane-proxy/reach.ts';

/** Blocks of addresses where no Authorization server of a company is: this computer itself, and link-local neighbors. */
const neverServed = /^(?:No IP address|This network|Loopback|Link local|Unspecified|IPv4-compatible|Multicast)/;

/**
 * Connects for a server that this laptop helps: as this computer itself would connect, so also by its proxy. All addresses of the name
 * are judged, and the connection goes to those that were judged. By a proxy, the proxy resolves the name again.
 */
export function reachForServers(proxySignIns: KnownProxySignIns, network?: SystemNetwork): ReachOut {
  return async (host, port, gone, mayBePrivate) => {
    const { connectBy } = await import('./authorization-pane/pane-proxy/reach.ts');
    const { privateBlockOf } = await import('./authorization-pane/private-addresses.ts');
    const system = network ?? (await ofThisComputer(proxySignIns));
    const addresses = await system.resolveHost(host).catch(() => []);
    const blocks = addresses.map(privateBlockOf).filter((block) => block !== null);
    if (blocks.some((block) => !mayBePrivate || neverServed.test(block))) return { noWay: 'ERR_BLOCKED_BY_CLIENT' };
    return connectBy(new URL(`https://${host}:${port}/`), addresses, system, { gone });
  };
}

async function ofThisComputer(proxySignIns: KnownProxySignIns): Promise<SystemNetwork> {
  const { systemNetwork } = await import('./authorization-pane/pane-proxy/pane-connection.ts');
  return systemNetwork(proxySignIns);
}
