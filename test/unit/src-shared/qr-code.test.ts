import * as fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { renderUnicodeCompact } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrLines } from '../../../src-main/commands/acquire-command.ts';
import UserCodeQr from '../../../src-renderer/license/UserCodeQr.tsx';
import { qrCode } from '../../../src-shared/qr-code.ts';
import { words } from '../../../src-shared/words/words.ts';

/** Any text at all, from none to far beyond what a code can hold; long ones by repetition, so that the test stays quick. */
const anyText = fc
  .tuple(
    fc.oneof(
      fc.constant('0'),
      fc.constant('https://auth.example.com/device?user_code=WDJB-MJHT&'),
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }),
      fc
        .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 1, maxLength: 9 })
        .map((u) => String.fromCharCode(...u)),
    ),
    fc.oneof(fc.nat(200), fc.nat(3_500), fc.nat(100_000)),
  )
  .map(([text, length]) => text.repeat(Math.ceil(length / text.length)).slice(0, length));

const address = 'https://auth.example.com/device?user_code=WDJB-MJHT';

describe('a text as a QR code', () => {
  it.each([
    ['digits', '7', { L: 7089, M: 5596 }],
    ['capitals', 'A', { L: 4296, M: 3391 }],
    ['bytes', 'a', { L: 2953, M: 2331 }],
    ['two bytes each', 'ä', { L: 1476, M: 1165 }],
  ] as const)('of %s is as long as ISO/IEC 18004 lets it be, and no longer', (_name, sign, most) => {
    for (const sturdiness of ['L', 'M'] as const) {
      expect(qrCode(sign.repeat(most[sturdiness]), sturdiness)?.size).toBe(177 + 4);
      expect(qrCode(sign.repeat(most[sturdiness] + 1), sturdiness)).toBeNull();
    }
  });

  it.each([
    ['nothing', ''],
    ['half a character', 'https://auth.example.com/\uD800'],
  ])('of %s there is none', (_name, text) => {
    expect(qrCode(text, 'M')).toBeNull();
  });

  it('is a whole square, or none; never an error', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('L' as const, 'M' as const), (text, sturdiness) => {
        const code = qrCode(text, sturdiness);
        if (code === null) return;
        expect(code.rows.length).toBe(code.size);
        expect(code.rows.every((row) => row.length === code.size)).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('the page', () => {
  it('shows the address whatever its length, and says where there is no code', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const html = renderToStaticMarkup(createElement(UserCodeQr, { otherSite: false, address: text }));
        const isDrawn = qrCode(text, 'M') !== null;
        expect(html.includes('<svg')).toBe(isDrawn);
        expect(html.includes(isDrawn ? words.acquisition.qrNote : words.acquisition.qrTooLong)).toBe(true);
        expect(html).toContain(renderToStaticMarkup(createElement('p', { className: 'qr-address' }, text)));
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe('the terminal', () => {
  it('draws what the library would draw', () => {
    for (const link of [address, '1', address.repeat(3)])
      expect(qrLines(link, 200, false)).toEqual(renderUnicodeCompact(link, { border: 2, ecc: 'L' }).split('\n'));
  });

  it('has no line that is wider than it, and goes on without a code', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 250 }), (text, columns) => {
        expect(qrLines(text, columns, false).every((line) => line.length <= columns)).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(qrLines('a'.repeat(2953), 250, true)).not.toEqual([]);
    expect(qrLines('a'.repeat(2954), 250, true)).toEqual([]);
  }, 120_000);
});
