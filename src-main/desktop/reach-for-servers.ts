import type { ReachOut } from '../pairing/laptop/relay.ts';
import type { SystemNetwork } from './authorization-pane/pane-proxy/reach.ts';

/** Blocks of addresses that no company's Authorization server has: those of this computer, and link-local ones. */
const neverServed = /^(?:No IP address|This network|Loopback|Link local|Unspecified|IPv4-compatible|Multicast)/;

/**
 * Connects for a server that this laptop helps: as this computer itself would connect, so also by its proxy. All addresses of the name
 * are judged, and the connection goes to those that were judged. A private address is reached for the confirmed issuer's own host, and for
 * other hosts if all addresses of the issuer are in the private network, so a host on the internet cannot be used to reach the private
 * network. If a proxy is used, it resolves the name again.
 */
export function reachForServers(network: () => SystemNetwork): ReachOut {
  return async (host, port, gone, issuerHost) => {
    const { connectBy } = await import('./authorization-pane/pane-proxy/reach.ts');
    const { privateBlockOf } = await import('./authorization-pane/private-addresses.ts');
    const system = network();
    const addressesOf = (name: string) => system.resolveHost(name).catch(() => []);
    const isPrivate = (block: string | null) => block !== null && !neverServed.test(block);
    const isInPrivateNetwork = async (name: string) => {
      const found = (await addressesOf(name)).map(privateBlockOf);
      return found.length > 0 && found.every(isPrivate);
    };
    const addresses = await addressesOf(host);
    const blocks = addresses.map(privateBlockOf).filter((block) => block !== null);
    if (!blocks.every(isPrivate)) return { refused: true };
    const isAllowed = async () =>
      host === issuerHost || (issuerHost !== null && (await isInPrivateNetwork(issuerHost)));
    if (blocks.length > 0 && !(await isAllowed())) return { refused: true };
    return connectBy(new URL(`https://${host}:${port}/`), addresses, system, { gone });
  };
}
