import { describe, expect, it } from 'vitest';
import { typedPairing } from '../../../../src-renderer/laptop/typed-pairing.ts';
import { makePairingCode } from '../../../../src-main/pairing/pairing-code.ts';
import { pairingQr } from '../../../../src-main/pairing/pairing-qr.ts';

describe('what a person typed about a laptop', () => {
  it('is an address and a code', () => {
    const typed = { address: '192.168.0.7', code: 'BCDF GHJK' };
    expect(typedPairing(typed.address, typed.code)).toEqual({ missing: null, ...typed });
  });

  it.each([
    '192.168.0.7',
    '192.168.0.7:41741',
    'fe80::ab',
    '[fe80::ab]:41741',
    'laptop.local',
    'laptop7',
    '１９２．１６８．０．７',
  ])('lacks the code if it is an address alone: %s', (address) => {
    expect(typedPairing(address, ' ')).toEqual({ missing: 'code' });
  });

  it('lacks both if it is nothing but spaces', () => {
    expect(typedPairing(' ', '')).toEqual({ missing: 'both' });
  });

  it.each(['BCDF GHJK', 'bcdf-ghjk', 'bcdfghjk'])('is a code also in the first field: %s', (code) => {
    expect(typedPairing(code, '')).toEqual({ missing: null, address: '', code });
  });

  it('is a code alone in its own field', () => {
    expect(typedPairing('', 'BCDF GHJK')).toEqual({ missing: null, address: '', code: 'BCDF GHJK' });
  });

  it('is the text of a QR code that a scanner typed into the first field', () => {
    const qr = pairingQr([{ host: '192.168.0.7', port: 41_740 }], makePairingCode(), 'ab'.repeat(32));
    expect(typedPairing(qr, '')).toEqual({ missing: null, address: '', code: qr });
  });
});
