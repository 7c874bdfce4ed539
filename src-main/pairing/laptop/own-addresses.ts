import { networkInterfaces } from 'node:os';

/** Interfaces of containers, virtual machines and tunnels: a store is rarely behind one of them. */
const virtual = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|vethernet|tun|tap|utun|wg|tailscale|zt|lxc|cni)/i;

/**
 * The addresses of this computer in its networks, the likeliest first: IPv4 before IPv6, real networks before virtual ones. Link-local
 * IPv6 addresses alone, as two computers with a cable between them may have, if there is no other.
 */
export function ownAddresses(interfaces = networkInterfaces()): readonly string[] {
  const found = Object.entries(interfaces).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ internal }) => !internal)
      .map(({ address, family }) => ({
        address,
        // Without DHCP, a computer gives itself such an address, and can reach others that did the same.
        rank: (virtual.test(name) ? 4 : 0) + (family === 'IPv6' ? 2 : 0) + (address.startsWith('169.254.') ? 1 : 0),
      })),
  );
  const sorted = found.toSorted((one, other) => one.rank - other.rank).map(({ address }) => address);
  const others = sorted.filter((address) => !/^fe80:/i.test(address));
  return others.length > 0 ? others : sorted;
}
