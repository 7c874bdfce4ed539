import { isIP } from 'node:net';

/** A block of addresses that are not on the public internet: its first address, its prefix length, and its name. */
type AddressBlock = readonly [network: string, prefix: number, name: string];

/**
 * All blocks that the registries of RFC 6890 and RFC 8190 list as not globally reachable, as of 2026, and multicast. The two
 * blocks of protocol assignments are included completely, because their anycast addresses (PCP, TURN) lead to the nearest
 * device of the local network.
 */
export const privateBlocksV4: readonly AddressBlock[] = [
  ['0.0.0.0', 8, 'This network (RFC 791)'],
  ['10.0.0.0', 8, 'Private use (RFC 1918)'],
  ['100.64.0.0', 10, 'Shared address space (RFC 6598)'],
  ['127.0.0.0', 8, 'Loopback (RFC 1122)'],
  ['169.254.0.0', 16, 'Link local (RFC 3927)'],
  ['172.16.0.0', 12, 'Private use (RFC 1918)'],
  ['192.0.0.0', 24, 'IETF protocol assignments (RFC 6890)'],
  ['192.0.2.0', 24, 'Documentation, TEST-NET-1 (RFC 5737)'],
  ['192.88.99.0', 24, '6to4 relay anycast, deprecated (RFC 7526)'],
  ['192.168.0.0', 16, 'Private use (RFC 1918)'],
  ['198.18.0.0', 15, 'Benchmarking (RFC 2544)'],
  ['198.51.100.0', 24, 'Documentation, TEST-NET-2 (RFC 5737)'],
  ['203.0.113.0', 24, 'Documentation, TEST-NET-3 (RFC 5737)'],
  ['224.0.0.0', 4, 'Multicast (RFC 5771)'],
  ['240.0.0.0', 4, 'Reserved, and limited broadcast (RFC 1112, RFC 8190)'],
];

/** The same for IPv6. Addresses outside 2000::/3 are not global unicast (RFC 4291 §2.4), whether or not they have a row here. */
export const privateBlocksV6: readonly AddressBlock[] = [
  ['::', 128, 'Unspecified (RFC 4291)'],
  ['::1', 128, 'Loopback (RFC 4291)'],
  ['::', 96, 'IPv4-compatible, deprecated (RFC 4291 §2.5.5.1)'],
  ['64:ff9b:1::', 48, 'IPv4-IPv6 translation in the own network (RFC 8215)'],
  ['100::', 64, 'Discard only (RFC 6666)'],
  ['100:0:0:1::', 64, 'Dummy prefix (RFC 9780)'],
  ['2001:2::', 48, 'Benchmarking (RFC 5180)'],
  ['2001:10::', 28, 'ORCHID, deprecated (RFC 4843)'],
  ['2001::', 23, 'IETF protocol assignments (RFC 2928)'],
  ['2001:db8::', 32, 'Documentation (RFC 3849)'],
  ['3fff::', 20, 'Documentation (RFC 9637)'],
  ['5f00::', 16, 'Segment routing (RFC 9602)'],
  ['fc00::', 7, 'Unique local (RFC 4193)'],
  ['fe80::', 10, 'Link local (RFC 4291)'],
  ['fec0::', 10, 'Site local, deprecated (RFC 3879)'],
  ['ff00::', 8, 'Multicast (RFC 4291)'],
];

/** IPv6 blocks that embed an IPv4 address, which decides where they lead. `behind`: the number of bits after that address. */
export const embeddingBlocks: readonly (readonly [...AddressBlock, behind: number])[] = [
  ['::ffff:0:0', 96, 'IPv4-mapped (RFC 4291)', 0],
  ['::ffff:0:0:0', 96, 'IPv4-translated (RFC 2765)', 0],
  ['64:ff9b::', 96, 'IPv4-IPv6 translation (RFC 6052)', 0],
  ['2002::', 16, '6to4 (RFC 3056)', 80],
];
/** Embeds two IPv4 addresses: the server's, and the client's with all bits inverted (RFC 4380 §4). */
export const teredo: AddressBlock = ['2001::', 32, 'Teredo (RFC 4380)'];

const outsideGlobalUnicast = 'Not global unicast (RFC 4291 §2.4)';

/** The name of the non-public block that contains an IP address, given without brackets. Null if the address is public. */
export function privateBlockOf(address: string): string | null {
  const family = isIP(address);
  if (family === 0) return 'No IP address';
  return family === 4 ? blockOfV4(valueV4(address)) : blockOfV6(valueV6(address));
}

/** Whether an IP address, given without brackets, is not on the public internet. */
export function isPrivateAddress(address: string): boolean {
  return privateBlockOf(address) !== null;
}

function blockOfV4(value: bigint): string | null {
  return privateBlocksV4.find((block) => isIn(value, valueV4(block[0]), block[1], 32))?.[2] ?? null;
}

function blockOfV6(value: bigint): string | null {
  const isInV6 = ([network, prefix]: readonly [string, number, ...unknown[]]) =>
    isIn(value, valueV6(network), prefix, 128);
  const embedding = embeddingBlocks.find(isInV6);
  if (embedding) return blockOfV4(lowest32(value >> BigInt(embedding[3])));
  if (isInV6(teredo)) return blockOfV4(lowest32(value >> 64n)) ?? blockOfV4(lowest32(~value));
  const block = privateBlocksV6.find(isInV6);
  if (block) return block[2];
  return value >> 125n === 1n ? null : outsideGlobalUnicast;
}

function isIn(value: bigint, network: bigint, prefix: number, bits: number): boolean {
  const behind = BigInt(bits - prefix);
  return value >> behind === network >> behind;
}

function lowest32(value: bigint): bigint {
  return BigInt.asUintN(32, value);
}

function valueV4(address: string): bigint {
  return address.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function valueV6(address: string): bigint {
  // A zone names the network interface, not the destination.
  const inHex = address
    .replace(/%.*$/, '')
    .replace(/[\d.]+$/, (end) => (end.includes('.') ? inGroups(valueV4(end)) : end));
  const [before = '', after = ''] = inHex.split('::');
  const groups = (text: string) => text.split(':').filter(Boolean);
  const [first, last] = [groups(before), groups(after)];
  const all = [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
  return all.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n);
}

/** The two IPv6 groups of an IPv4 address at the end of an IPv6 address, as in `::ffff:10.0.0.1`. */
function inGroups(value: bigint): string {
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

/** The IP address in a URL's host. Null if the host is a name. */
export function literalAddress(hostname: string): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) ? bare : null;
}

/** Suffixes that are not in the public DNS (RFC 6761, 6762, 7686, 8375, 9476, ICANN's `internal`, and those never delegated). */
const privateSuffix =
  /(^|\.)(localhost|local|localdomain|internal|intranet|private|lan|home|corp|home\.arpa|test|invalid|onion|alt)$/;

/** Names that never lead to the public internet. */
export function isPrivateName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.+$/, '');
  return !name.includes('.') || privateSuffix.test(name);
}
