import { assert, oneof, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairingQr, readPairingText } from '../../../../src-main/pairing/pairing-qr.ts';
import { qrCode } from '../../../../src-shared/text/qr-code.ts';
import { tries } from '../../../fakes/tries.ts';

const fingerprint = '0123456789abcdef'.repeat(4);
const short = fingerprint.slice(0, 32);
const addresses = [
  { host: '192.168.1.20', port: 41_740 },
  { host: '10.0.0.7', port: 41_740 },
];

describe('the text of the QR code', () => {
  const text = pairingQr(addresses, 'BCDFGHJK', fingerprint);

  it('holds the addresses, the code and the beginning of the fingerprint', () => {
    expect(readPairingText(text)).toEqual({ code: 'BCDFGHJK', addresses, fingerprint: short });
  });

  it('has only characters that are at the same place on many keyboards', () => {
    expect(text).toMatch(/^[BCDFGHJKLNPRSTVX]+$/);
    expect(text.length).toBeLessThan(90);
  });

  it.each<[string, (text: string) => string]>([
    ['with the shift key the wrong way round', (typed) => typed.toLowerCase()],
    ['with a line end', (typed) => `${typed}\r\n`],
    ['with spaces', (typed) => ` ${typed.replaceAll(/.{10}/g, '$& ')} `],
  ])('can be read as a scanner types it: %s', (_name, typed) => {
    expect(readPairingText(typed(text))?.code).toBe('BCDFGHJK');
  });

  it('holds IPv6 addresses, and at most three', () => {
    const six = ['fd00::1:2', '2001:db8::', '::ffff:10.0.0.1', 'fd00::9'].map((host) => ({ host, port: 1 }));
    expect(readPairingText(pairingQr(six, 'BCDFGHJK', fingerprint))?.addresses).toEqual([
      { host: 'fd00:0:0:0:0:0:1:2', port: 1 },
      { host: '2001:db8:0:0:0:0:0:0', port: 1 },
      { host: '0:0:0:0:0:ffff:a00:1', port: 1 },
    ]);
  });

  it('holds as many addresses as a simple scanner can read, and those with room after one without', () => {
    const many = Array.from({ length: 12 }, (_, nth) => ({ host: `10.0.0.${nth}`, port: 41_740 }));
    const full = pairingQr(many, 'BCDFGHJK', fingerprint);
    expect(readPairingText(full)?.addresses).toEqual(many.slice(0, 8));
    const six = ['fd00::1', 'fd00::2', 'fd00::3', 'fd00::4'].map((host) => ({ host, port: 41_740 }));
    const mixed = pairingQr([...six, ...many.slice(0, 2)], 'BCDFGHJK', fingerprint);
    expect(readPairingText(mixed)?.addresses.map(({ host }) => host)).toEqual([
      'fd00:0:0:0:0:0:0:1',
      'fd00:0:0:0:0:0:0:2',
      'fd00:0:0:0:0:0:0:3',
      '10.0.0.0',
      '10.0.0.1',
    ]);
    // With a border of two modules at each side.
    for (const one of [full, mixed]) expect(qrCode(one, 'M')?.size).toBeLessThanOrEqual(45 + 4);
  });

  it('leaves out a host name, which a person then types', () => {
    const named = pairingQr([{ host: 'laptop', port: 41_740 }], 'BCDFGHJK', fingerprint);
    expect(readPairingText(named)?.addresses).toEqual([]);
  });

  it('is refused if one character is missing, changed or swapped', () => {
    for (let at = 0; at < text.length; at += 1) {
      expect(readPairingText(text.slice(0, at) + text.slice(at + 1))).toBeNull();
      const other = text[at] === 'B' ? 'C' : 'B';
      expect(readPairingText(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
    }
  });

  it('is not found in any other text, and nothing throws', () => {
    assert(
      property(oneof(string(), stringMatching(/^FLCB[BCDFGHJKLNPRSTVX]{40,80}$/)), (typed) => {
        expect(readPairingText(typed)?.fingerprint).toBeUndefined();
      }),
      { numRuns: tries(2000) },
    );
  });
});

it('may be only a code', () => {
  expect(readPairingText('bcdf ghjk')).toEqual({ code: 'BCDFGHJK', addresses: [] });
});
