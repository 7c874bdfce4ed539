import { describe, expect, it } from 'vitest';
import { LaptopAddresses } from '../../../../../src-main/pairing/server/laptop-addresses.ts';

const at = (host: string, port = 41_740) => ({ host, port });

describe('the addresses of a paired laptop', () => {
  it('are the one that worked, those that it names, and those that were entered, each once', () => {
    const addresses = new LaptopAddresses(at('10.0.0.2'), [at('10.0.0.1'), at('10.0.0.2'), at('laptop.local')]);
    expect(addresses.all).toEqual([at('10.0.0.2'), at('10.0.0.1'), at('laptop.local')]);
    addresses.named(['10.0.0.1:41740', '192.168.137.1:41740', '[fd00::7]:41741']);
    addresses.worked(at('10.0.0.3'));
    expect(addresses.all).toEqual([
      at('10.0.0.3'),
      at('10.0.0.1'),
      at('192.168.137.1'),
      at('fd00::7', 41_741),
      at('10.0.0.2'),
      at('laptop.local'),
    ]);
    addresses.named(['10.0.0.9:41740']);
    expect(addresses.all).toEqual([at('10.0.0.3'), at('10.0.0.9'), at('10.0.0.1'), at('10.0.0.2'), at('laptop.local')]);
  });

  it.each(['laptop.evil.example:443', '[fe80::1%eth0]:41740', '10.0.0.1:0', '10.0.0.1:99999', 'x', ''])(
    'do not include what the laptop names as %j',
    (text) => {
      const addresses = new LaptopAddresses(at('10.0.0.2'), []);
      addresses.named([text]);
      expect(addresses.all).toEqual([at('10.0.0.2')]);
    },
  );

  it('are limited in number', () => {
    const addresses = new LaptopAddresses(at('10.0.0.2'), []);
    addresses.named(Array.from({ length: 40 }, (_, nth) => `10.0.1.${nth}:41740`));
    expect(addresses.all).toHaveLength(16);
    expect(addresses.all[0]).toEqual(at('10.0.0.2'));
  });
});
