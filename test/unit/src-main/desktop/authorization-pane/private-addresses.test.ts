import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  embeddingBlocks,
  isPrivateAddress,
  isPrivateName,
  privateBlockOf,
  privateBlocksV4,
  privateBlocksV6,
  teredo,
} from '../../../../../src-main/desktop/authorization-pane/private-addresses.ts';
import { said, tries } from '../../../../fakes/tries.ts';

/** The first address, the last one, and their neighbours outside, as numbers. Calculated without the program's own parser. */
function edgesOf(network: bigint, prefix: number, bits: number) {
  const size = 1n << BigInt(bits - prefix);
  return { first: network, last: network + size - 1n, before: network - 1n, behind: network + size };
}

const numberV4 = (text: string) =>
  BigInt(new DataView(Uint8Array.from(text.split('.').map(Number)).buffer).getUint32(0));
const textV4 = (value: bigint) => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
const textV6 = (value: bigint) =>
  Array.from({ length: 8 }, (_, group) => ((value >> BigInt(112 - 16 * group)) & 0xffffn).toString(16)).join(':');
const numberV6 = (text: string) => {
  const [head = '', tail = ''] = text.split('::');
  const groups = (part: string) => part.split(':').filter(Boolean);
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill('0');
  const hex = [...groups(head), ...zeros, ...groups(tail)].map((group) => group.padStart(4, '0')).join('');
  return BigInt(`0x${hex}`);
};

/** The public neighbours of a block, written by hand: just before it and just after it. */
const publicNeighboursV4: Record<string, readonly [before: boolean, behind: boolean]> = {
  '0.0.0.0': [false, true],
  '10.0.0.0': [true, true],
  '100.64.0.0': [true, true],
  '127.0.0.0': [true, true],
  '169.254.0.0': [true, true],
  '172.16.0.0': [true, true],
  '192.0.0.0': [true, true],
  '192.0.2.0': [true, true],
  '192.88.99.0': [true, true],
  '192.168.0.0': [true, true],
  '198.18.0.0': [true, true],
  '198.51.100.0': [true, true],
  '203.0.113.0': [true, true],
  '224.0.0.0': [true, false],
  '240.0.0.0': [false, false],
};

describe(`the ${privateBlocksV4.length} blocks of IPv4`, () => {
  it.each(privateBlocksV4)('%s/%i (%s) starts and ends at the right address', (network, prefix, name) => {
    const { first, last, before, behind } = edgesOf(numberV4(network), prefix, 32);
    expect([privateBlockOf(textV4(first)), privateBlockOf(textV4(last))]).toEqual([name, name]);
    const [isBefore, isBehind] = publicNeighboursV4[network] ?? [];
    if (before >= 0n) expect(isPrivateAddress(textV4(before)), textV4(before)).toBe(!isBefore);
    if (behind < 1n << 32n) expect(isPrivateAddress(textV4(behind)), textV4(behind)).toBe(!isBehind);
  });

  it('are recognized in every form of IPv6 that contains an IPv4 address', () => {
    for (const [network, prefix, name] of privateBlocksV4) {
      const { first, last } = edgesOf(numberV4(network), prefix, 32);
      for (const value of [first, last])
        for (const [form, address] of formsOf(value)) expect(privateBlockOf(address), `${form} ${address}`).toBe(name);
    }
  });
});

const publicNeighboursV6: Record<string, readonly [before: boolean, behind: boolean]> = {
  '2001:2::/48': [false, false],
  '2001:10::/28': [false, false],
  '2001::/23': [true, true],
  '2001:db8::/32': [true, true],
  '3fff::/20': [true, true],
};

describe(`the ${privateBlocksV6.length} blocks of IPv6`, () => {
  it.each(privateBlocksV6)('%s/%i (%s) starts and ends at the right address', (network, prefix) => {
    const { first, last, before, behind } = edgesOf(numberV6(network), prefix, 128);
    const [isBefore = false, isBehind = false] = publicNeighboursV6[`${network}/${prefix}`] ?? [];
    // The first address of the protocol assignments is a Teredo address that contains 0.0.0.0.
    for (const value of [first, last]) expect(isPrivateAddress(textV6(value)), textV6(value)).toBe(true);
    if (before >= 0n) expect(isPrivateAddress(textV6(before)), textV6(before)).toBe(!isBefore);
    if (behind < 1n << 128n) expect(isPrivateAddress(textV6(behind)), textV6(behind)).toBe(!isBehind);
  });

  it.each([
    ['::', 'Unspecified (RFC 4291)'],
    ['::1', 'Loopback (RFC 4291)'],
    ['::2', 'IPv4-compatible, deprecated (RFC 4291 §2.5.5.1)'],
    ['64:ff9b:1::a00:1', 'IPv4-IPv6 translation in the own network (RFC 8215)'],
    ['100::1', 'Discard only (RFC 6666)'],
    ['100:0:0:1::1', 'Dummy prefix (RFC 9780)'],
    ['2001:2::1', 'Benchmarking (RFC 5180)'],
    ['2001:10::1', 'ORCHID, deprecated (RFC 4843)'],
    ['2001:1::1', 'IETF protocol assignments (RFC 2928)'],
    ['2001:db8::1', 'Documentation (RFC 3849)'],
    ['3fff::1', 'Documentation (RFC 9637)'],
    ['5f00::1', 'Segment routing (RFC 9602)'],
    ['fd00::1', 'Unique local (RFC 4193)'],
    ['fe80::1%eth0', 'Link local (RFC 4291)'],
    ['fec0::1', 'Site local, deprecated (RFC 3879)'],
    ['ff02::fb', 'Multicast (RFC 4291)'],
    ['4000::1', 'Not global unicast (RFC 4291 §2.4)'],
    ['::ffff:10.0.0.1', 'Private use (RFC 1918)'],
    ['::FFFF:0:127.0.0.1', 'Loopback (RFC 1122)'],
    ['64:ff9b::192.168.1.1', 'Private use (RFC 1918)'],
    ['2002:a9fe:a9fe::1', 'Link local (RFC 3927)'],
    // Teredo: a private server, then a private client.
    ['2001:0:a00:1:0:0:f7f7:f7f7', 'Private use (RFC 1918)'],
    ['2001:0:808:808:0:0:f5ff:fffe', 'Private use (RFC 1918)'],
    ['x', 'No IP address'],
    ['[::1]', 'No IP address'],
  ])('%s belongs to: %s', (address, name) => {
    expect(privateBlockOf(address)).toBe(name);
  });

  it.each(['2606:4700::1111', '2a00:1450:4001::1', '2001:200::1', '2001:0:808:808:0:0:f7f7:f7f7', '2002:808:808::1'])(
    '%s is public',
    (address) => {
      expect(privateBlockOf(address)).toBeNull();
    },
  );
});

describe('random addresses', () => {
  const anyV4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n });

  it(`of IPv4 are judged the same inside IPv6, for ${said(2_000)} addresses`, () => {
    fc.assert(
      fc.property(anyV4, (value) => {
        const verdict = privateBlockOf(textV4(value));
        for (const [form, address] of formsOf(value)) expect(privateBlockOf(address), form).toBe(verdict);
      }),
      { numRuns: tries(2_000) },
    );
  });

  it(`of IPv6 are judged the same in long and short form, and outside 2000::/3 as private, for ${said(2_000)} addresses`, () => {
    const known = embeddingBlocks.map(([network, prefix]) => edgesOf(numberV6(network), prefix, 128));
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
        const short = new URL(`http://[${textV6(value)}]/`).hostname.slice(1, -1);
        expect(privateBlockOf(short)).toBe(privateBlockOf(textV6(value)));
        const embeds = known.some(({ first, last }) => value >= first && value <= last);
        if (value >> 125n !== 1n && !embeds) expect(isPrivateAddress(short)).toBe(true);
      }),
      { numRuns: tries(2_000) },
    );
  });
});

describe('host names', () => {
  it.each(['pos.lan', 'x.home', 'x.corp', 'x.intranet', 'x.private', 'x.localdomain', 'x.onion', 'x.alt', 'LAN.'])(
    '%s counts as private',
    (name) => {
      expect(isPrivateName(name)).toBe(true);
    },
  );

  it.each(['lan.example', 'local.company.example', 'internal-login.example', 'test.example', 'planet.example'])(
    '%s may be public',
    (name) => {
      expect(isPrivateName(name)).toBe(false);
    },
  );
});

/** Every form of IPv6 that contains that IPv4 address. In Teredo's forms the other address is public. */
function formsOf(value: bigint): readonly (readonly [form: string, address: string])[] {
  const publicOne = numberV4('8.8.8.8');
  const inverted = (one: bigint) => one ^ 0xffff_ffffn;
  const inTeredo = (server: bigint, client: bigint) => textV6(numberV6(teredo[0]) | (server << 64n) | inverted(client));
  return [
    ...embeddingBlocks.map(
      ([network, , name, behind]) => [name, textV6(numberV6(network) | (value << BigInt(behind)))] as const,
    ),
    ['Teredo server', inTeredo(value, publicOne)],
    ['Teredo client', inTeredo(publicOne, value)],
  ];
}
