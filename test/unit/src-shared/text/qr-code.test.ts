import * as fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { renderUnicodeCompact } from 'uqr';
import { describe, expect, it } from 'vitest';
import { qrLines } from '../../../../src-main/commands/acquire-command.ts';
import UserCodeQr from '../../../../src-renderer/license/UserCodeQr.tsx';
import { qrCode } from '../../../../src-shared/text/qr-code.ts';
import { words } from '../../../../src-shared/words/words.ts';

/** Any text, from an empty one to far more than a code can hold. Long ones are repetitions, so that the test stays fast. */
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

describe('the QR code of a text', () => {
  it.each([
    ['digits', '7', { L: 7089, M: 5596 }],
    ['capitals', 'A', { L: 4296, M: 3391 }],
    ['bytes', 'a', { L: 2953, M: 2331 }],
    ['two bytes each', 'ä', { L: 1476, M: 1165 }],
  ] as const)('holds as many %s as ISO/IEC 18004 allows, and no more', (_name, sign, most) => {
    for (const sturdiness of ['L', 'M'] as const) {
      expect(qrCode(sign.repeat(most[sturdiness]), sturdiness)?.size).toBe(177 + 4);
      expect(qrCode(sign.repeat(most[sturdiness] + 1), sturdiness)).toBeNull();
    }
  });

  it.each([
    ['an empty text', ''],
    ['half a character', 'https://auth.example.com/\uD800'],
  ])('does not exist for %s', (_name, text) => {
    expect(qrCode(text, 'M')).toBeNull();
  });

  it('is a complete square or null, and never an error', () => {
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

describe('the QR code on the page', () => {
  it('comes with the address of any length, and is replaced by a note if the address is too long', () => {
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

describe('the QR code in the terminal', () => {
  it('is drawn as the library would draw it', () => {
    for (const link of [address, '1', address.repeat(3)])
      expect(qrLines(link, 200, false)).toEqual(renderUnicodeCompact(link, { border: 2, ecc: 'L' }).split('\n'));
  });

  it('is never wider than the terminal, and is left out if it does not fit', () => {
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
