import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutToBytes, inFileName } from '../../../../src-shared/text/file-name.ts';

it.each([
  ['Store 014', 'Store 014'],
  ['North/South: "Store"?', 'North South   Store'],
  ['a\\b*c<d>e|f', 'a b c d e f'],
  ['..\u202Egnp.exe', '..gnp.exe'],
  ['/', ''],
  ['a'.repeat(500), 'a'.repeat(160)],
  ['店'.repeat(100), '店'.repeat(53)],
  ['👩‍🚀'.repeat(100), `${'👩‍🚀'.repeat(14)}👩`],
])('%s becomes %j', (text, expected) => {
  expect(inFileName(text)).toBe(expected);
});

it('a text is cut between characters, to as many bytes as fit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(300), (text, most) => {
      const cut = cutToBytes(text, most);
      expect(text.startsWith(cut)).toBe(true);
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
      const [next = ''] = text.slice(cut.length);
      if (cut !== text) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(most);
    }),
  );
});
