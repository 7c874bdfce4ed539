import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ownAddresses } from '../../../../../src-main/pairing/laptop/own-addresses.ts';

const at = (address: string, internal = false) =>
  ({ address, family: address.includes(':') ? 'IPv6' : 'IPv4', internal }) as NetworkInterfaceInfo;

describe('the addresses that a laptop shows', () => {
  it('start with those that a store’s computer is likely to reach', () => {
    expect(
      ownAddresses({
        lo: [at('127.0.0.1', true), at('::1', true)],
        docker0: [at('172.17.0.1')],
        wlan0: [at('fe80::1'), at('fd00::7'), at('192.168.1.20')],
        eth0: [at('169.254.3.4')],
        tun0: [at('10.8.0.2')],
      }),
    ).toEqual(['192.168.1.20', '169.254.3.4', 'fd00::7', '172.17.0.1', '10.8.0.2']);
  });

  it('are none without a network', () => {
    expect(ownAddresses({ lo: [at('127.0.0.1', true)], eth0: [], eth1: undefined })).toEqual([]);
  });

  it('are link-local ones if a cable between the two computers is all there is', () => {
    expect(ownAddresses({ lo: [at('::1', true)], docker0: [at('fe80::9')], eth0: [at('fe80::1')] })).toEqual([
      'fe80::1',
      'fe80::9',
    ]);
  });
});
