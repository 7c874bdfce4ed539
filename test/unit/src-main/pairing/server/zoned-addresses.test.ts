import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { withZones } from '../../../../../src-main/pairing/server/zoned-addresses.ts';

const at = (address: string, scopeid = 0) =>
  ({
    address,
    scopeid,
    family: address.includes(':') ? 'IPv6' : 'IPv4',
    internal: address === '::1',
  }) as NetworkInterfaceInfo;
const cards = {
  lo: [at('::1')],
  eth0: [at('10.0.0.5'), at('fe80::5', 2)],
  wlan0: [at('10.0.1.5'), at('fe80::6', 7)],
  tun0: [at('10.8.0.2')],
};
const hosts = (host: string, platform: NodeJS.Platform) =>
  withZones([{ host, port: 41_740 }], cards, platform).map((address) => address.host);

describe('a link-local address of a laptop', () => {
  it('is tried at each network card that has such an address', () => {
    expect(hosts('fe80::1', 'linux')).toEqual(['fe80::1%eth0', 'fe80::1%wlan0']);
    expect(hosts('fe80::1', 'win32')).toEqual(['fe80::1%2', 'fe80::1%7']);
  });

  it('stays as it is if it names its network card, and so do all other addresses', () => {
    for (const host of ['fe80::1%wlan0', 'fd00::1', '10.0.0.1', 'fe80.example'])
      expect(hosts(host, 'linux')).toEqual([host]);
  });
});
