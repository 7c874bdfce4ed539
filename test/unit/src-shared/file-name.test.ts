import { expect, it } from 'vitest';
import { inFileName } from '../../../src-shared/file-name.ts';

it.each([
  ['Store 014', 'Store 014'],
  ['North/South: "Store"?', 'North South   Store'],
  ['a\\b*c<d>e|f', 'a b c d e f'],
  ['..\u202Egnp.exe', '..gnp.exe'],
  ['/', ''],
])('%s becomes %j', (text, expected) => {
  expect(inFileName(text)).toBe(expected);
});
