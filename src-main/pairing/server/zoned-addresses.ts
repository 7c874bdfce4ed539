import { networkInterfaces } from 'node:os';
import type { PairingAddress } from '../pairing-address.ts';

/**
 * A link-local address without a zone may be at each network card (RFC 4007 §6), and no person knows which one the cable is in. So it is
 * tried at each card of this computer that has such an address itself.
 */
export function withZones(
  addresses: readonly PairingAddress[],
  interfaces = networkInterfaces(),
  platform: NodeJS.Platform = process.platform,
): readonly PairingAddress[] {
  return addresses.flatMap((address) => {
    if (!/^fe80:[^%]*$/i.test(address.host)) return [address];
    return zonesIn(interfaces, platform).map((zone) => ({ ...address, host: `${address.host}%${zone}` }));
  });
}

/** Windows knows network cards by their numbers. */
function zonesIn(interfaces: ReturnType<typeof networkInterfaces>, platform: NodeJS.Platform): readonly string[] {
  return Object.entries(interfaces).flatMap(([name, own = []]) => {
    const linkLocal = own.find(({ internal, address }) => !internal && /^fe80:/i.test(address));
    if (!linkLocal) return [];
    const number = 'scopeid' in linkLocal ? linkLocal.scopeid : 0;
    return [platform === 'win32' ? String(number) : name];
  });
}
