import { describe, expect, it } from 'vitest';
import { readPairingAddress, shownPairingAddress } from '../../../../src-main/pairing/pairing-address.ts';

const longest = `${'a'.repeat(63)}.`.repeat(3) + 'a'.repeat(61);

describe('the address of a laptop', () => {
  it.each([
    ['192.168.1.20', '192.168.1.20', 41_740, '192.168.1.20'],
    [' 192.168.1.20:5000 ', '192.168.1.20', 5000, '192.168.1.20:5000'],
    ['192.168.1.20:41740', '192.168.1.20', 41_740, '192.168.1.20'],
    ['Laptop-7', 'laptop-7', 41_740, 'laptop-7'],
    ['pc_3.local:8443', 'pc_3.local', 8443, 'pc_3.local:8443'],
    ['bücher.example', 'xn--bcher-kva.example', 41_740, 'xn--bcher-kva.example'],
    ['fd00::1', 'fd00::1', 41_740, 'fd00::1'],
    ['[fd00::1]', 'fd00::1', 41_740, 'fd00::1'],
    ['[fd00::1]:5000', 'fd00::1', 5000, '[fd00::1]:5000'],
    ['fe80::1%eth0', 'fe80::1%eth0', 41_740, 'fe80::1%eth0'],
    ['１９２.168.1.20', '192.168.1.20', 41_740, '192.168.1.20'],
    ['\t192. 168 .1.20 : 5000\r\n', '192.168.1.20', 5000, '192.168.1.20:5000'],
    ['http://192.168.1.20', '192.168.1.20', 41_740, '192.168.1.20'],
    ['HTTPS://Laptop-7.Local:5000/', 'laptop-7.local', 5000, 'laptop-7.local:5000'],
    ['https://[FD00::1]/', 'fd00::1', 41_740, 'fd00::1'],
    ['192,168,1,20', '192.168.1.20', 41_740, '192.168.1.20'],
    ['192,168,1,20:5000', '192.168.1.20', 5000, '192.168.1.20:5000'],
    ['FE80::A%enP2p1', 'fe80::a%enP2p1', 41_740, 'fe80::a%enP2p1'],
    ['laptop:1', 'laptop', 1, 'laptop:1'],
    ['laptop.:65535', 'laptop.', 65_535, 'laptop.:65535'],
    [`${longest}:65535`, longest, 65_535, `${longest}:65535`],
  ])('%j is read', (typed, host, port, shown) => {
    expect(readPairingAddress(typed)).toEqual({ host, port });
    expect(shownPairingAddress({ host, port })).toBe(shown);
    expect(readPairingAddress(shown)).toEqual({ host, port });
  });

  it.each([
    '',
    ' ',
    ':41740',
    'laptop:',
    'laptop:0',
    'laptop:65536',
    'laptop:12a',
    'laptop:-1',
    'https://',
    'https://https://laptop',
    'ftp://laptop',
    'laptop//',
    '1,2,3',
    '1,2,3,4,5',
    'lap,top',
    'laptop/path',
    'laptop\\path',
    'user@laptop',
    'lap top',
    'laptop?x',
    'laptop#x',
    'lap%74op',
    '10',
    '10.1',
    '0x7f000001',
    '1.2.3.4.5',
    '256.1.1.1',
    '[fd00::1',
    'fd00::1]',
    '[laptop]',
    '[192.168.1.20]',
    'fd00::1:2:3:4:5:6:7:8:9',
    '-laptop',
    'lap\0top',
    'a'.repeat(300),
    `${'a'.repeat(64)}.example`,
    `${longest}a`,
    // A browser would read the name `a`, since it ignores soft hyphens.
    `a${'\u00AD'.repeat(300)}`,
  ])('%j is not one', (typed) => {
    expect(readPairingAddress(typed)).toBeNull();
  });
});
