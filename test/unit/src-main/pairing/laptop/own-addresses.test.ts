import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { mostLikelyFirst, ownAddresses } from '../../../../../src-main/pairing/laptop/own-addresses.ts';

const at = (address: string, mac = 'a4:83:e7:12:34:56', internal = false) =>
  ({ address, mac, family: address.includes(':') ? 'IPv6' : 'IPv4', internal }) as NetworkInterfaceInfo;
const loopback = [at('127.0.0.1', '00:00:00:00:00:00', true), at('::1', '00:00:00:00:00:00', true)];
const noFrames = '00:00:00:00:00:00';
const hostsOf = (...of: Parameters<typeof mostLikelyFirst>) => mostLikelyFirst(...of).map(({ host }) => host);

interface Laptop {
  readonly cards: Parameters<typeof mostLikelyFirst>[0];
  readonly onDefaultRoute: string | null;
  /** The cards in the order in which their addresses are shown. */
  readonly order: readonly string[];
}

/** The cards as operating systems list them. Node.js gives their friendly names on Windows. */
const laptops: Record<string, Laptop> = {
  'Windows with virtual machines and two VPNs': {
    cards: {
      'VMware Network Adapter VMnet1': [at('fe80::1'), at('192.168.56.1', '00:50:56:c0:00:01')],
      'VMware Network Adapter VMnet8': [at('192.168.80.1', '00:50:56:c0:00:08')],
      'vEthernet (WSL)': [at('172.22.0.1', '00:15:5d:11:22:33')],
      'Ethernet 3': [at('10.99.0.5', '00:05:9a:3c:7a:00')],
      'OpenVPN TAP-Windows6': [at('10.8.0.2', '00:ff:aa:bb:cc:dd')],
      'Wi-Fi': [at('fe80::2'), at('192.168.1.20')],
      'Loopback Pseudo-Interface 1': loopback,
    },
    onDefaultRoute: '192.168.1.20',
    order: [
      'Wi-Fi',
      'VMware Network Adapter VMnet1',
      'VMware Network Adapter VMnet8',
      'vEthernet (WSL)',
      'Ethernet 3',
      'OpenVPN TAP-Windows6',
    ],
  },
  'Windows whose VPN takes everything': {
    cards: {
      'Ethernet 2': [at('10.99.0.5', '02:50:41:00:00:01')],
      NordLynx: [at('10.5.0.2', noFrames)],
      'Ethernet 4': [at('192.168.56.1', '0A:00:27:00:00:05')],
      'Wi-Fi': [at('192.168.1.20')],
    },
    onDefaultRoute: '10.99.0.5',
    order: ['Wi-Fi', 'Ethernet 4', 'Ethernet 2', 'NordLynx'],
  },
  'Windows in German with its own hotspot': {
    cards: {
      'Ethernet 2': [at('192.168.56.1', '0a:00:27:00:00:0e')],
      'LAN-Verbindung* 10': [at('192.168.137.1', 'a6:83:e7:12:34:56')],
      'vEthernet (Default Switch)': [at('172.30.16.1', '00:15:5d:01:02:03')],
      'Bluetooth-Netzwerkverbindung': [at('169.254.7.8')],
      WLAN: [at('10.20.30.40')],
    },
    onDefaultRoute: '10.20.30.40',
    order: ['WLAN', 'LAN-Verbindung* 10', 'Bluetooth-Netzwerkverbindung', 'Ethernet 2', 'vEthernet (Default Switch)'],
  },
  'Windows whose network is behind a switch of Hyper-V': {
    cards: {
      'vEthernet (Default Switch)': [at('172.30.16.1', '00:15:5d:01:02:03')],
      'vEthernet (Extern)': [at('192.168.1.20')],
    },
    onDefaultRoute: '192.168.1.20',
    order: ['vEthernet (Extern)', 'vEthernet (Default Switch)'],
  },
  'macOS with Parallels and a VPN': {
    cards: {
      lo0: [...loopback, at('fe80::1', noFrames, true)],
      awdl0: [at('fe80::3')],
      utun0: [at('fe80::4', noFrames)],
      utun4: [at('10.8.0.2', noFrames)],
      vnic0: [at('10.211.55.2', '00:1c:42:00:00:08')],
      en5: [at('169.254.9.9')],
      en0: [at('fe80::5'), at('192.168.1.20')],
    },
    onDefaultRoute: '192.168.1.20',
    order: ['en0', 'en5', 'vnic0', 'utun4'],
  },
  'Linux with Docker, KVM and WireGuard': {
    cards: {
      lo: loopback,
      'br-0a1b2c3d4e5f': [at('172.18.0.1', '02:42:00:00:00:01')],
      docker0: [at('172.17.0.1', '02:42:00:00:00:02')],
      'my-docker': [at('172.19.0.1')],
      virbr0: [at('192.168.122.1', '52:54:00:00:00:01')],
      'wg-office': [at('10.6.0.2', noFrames)],
      ztabcdef12: [at('10.147.0.2')],
      enp0s31f6: [at('192.168.77.2')],
      wlp2s0: [at('192.168.1.20')],
    },
    onDefaultRoute: '192.168.1.20',
    order: ['wlp2s0', 'enp0s31f6', 'br-0a1b2c3d4e5f', 'docker0', 'my-docker', 'virbr0', 'wg-office', 'ztabcdef12'],
  },
  'a virtual machine, which has no other card': {
    cards: { docker0: [at('172.17.0.1', '02:42:00:00:00:02')], eth0: [at('172.30.16.9', '00:15:5d:01:02:03')] },
    onDefaultRoute: '172.30.16.9',
    order: ['eth0', 'docker0'],
  },
  'no way to the internet': {
    cards: { docker0: [at('172.17.0.1')], eth0: [at('169.254.3.4')], eth1: [at('192.168.1.20')] },
    onDefaultRoute: null,
    order: ['eth1', 'eth0', 'docker0'],
  },
};

describe('the addresses that a laptop shows', () => {
  it.each(Object.entries(laptops))(
    'start with those that a store’s computer is likely to reach: %s',
    (_name, laptop) => {
      const { cards, onDefaultRoute, order } = laptop;
      expect(mostLikelyFirst(cards, onDefaultRoute).map(({ card }) => card)).toEqual(order);
    },
  );

  it('have one IPv6 address of each card, after the IPv4 addresses, and no link-local one', () => {
    const cards = {
      docker0: [at('172.17.0.1'), at('fd00:d::1')],
      wlan0: [at('fe80::1'), at('fd00::7'), at('2001:db8::8'), at('192.168.1.20')],
      eth0: [at('169.254.3.4'), at('fe80::2')],
    };
    expect(hostsOf(cards, '192.168.1.20')).toEqual([
      '192.168.1.20',
      '169.254.3.4',
      'fd00::7',
      '172.17.0.1',
      'fd00:d::1',
    ]);
  });

  it('start with the card that leads to the internet, also if that is known by its IPv6 address alone', () => {
    const cards = { eth0: [at('192.168.77.2')], wlan0: [at('fd00::7'), at('2001:db8::8'), at('192.168.1.20')] };
    expect(hostsOf(cards, '2001:db8::8')).toEqual(['192.168.1.20', '192.168.77.2', 'fd00::7']);
  });

  it('are none without a network', () => {
    expect(mostLikelyFirst({ lo: loopback, eth0: [], eth1: undefined }, null)).toEqual([]);
  });

  it('are link-local ones if a cable between the two computers is all there is', () => {
    const cards = { lo: loopback, docker0: [at('fe80::9')], eth0: [at('fe80::1')] };
    expect(hostsOf(cards, null)).toEqual(['fe80::1', 'fe80::9']);
  });

  it('are those of this computer', async () => {
    const outside = Object.entries(networkInterfaces()).flatMap(([card, addresses = []]) =>
      addresses.flatMap(({ address, family, internal }) =>
        family === 'IPv4' && !internal ? [{ host: address, card }] : [],
      ),
    );
    const found = await ownAddresses();
    expect(found).toEqual(expect.arrayContaining(outside));
    expect(found.map(({ host }) => host)).not.toContain('127.0.0.1');
  });
});
