import type { KnownProxySignIns } from '../keychain/proxy-sign-ins.ts';
import type { ReachOut } from '../pairing/laptop/relay.ts';

/** Connects for a server that this laptop helps: as this computer itself would connect, so also by its proxy. */
export function reachForServers(proxySignIns: KnownProxySignIns): ReachOut {
  return async (host, port, gone) => {
    const { connectBy } = await import('./authorization-pane/pane-proxy/reach.ts');
    const { systemNetwork } = await import('./authorization-pane/pane-proxy/pane-connection.ts');
    const system = systemNetwork(proxySignIns);
    const addresses = await system.resolveHost(host).catch(() => []);
    return connectBy(new URL(`https://${host}:${port}/`), addresses, system, { gone });
  };
}
