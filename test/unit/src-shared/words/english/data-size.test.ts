import { expect, it } from 'vitest';
import { dataSize } from '../../../../../src-shared/words/english/data-size.ts';

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_499, '1 kB'],
  [1_500, '2 kB'],
  [999_499, '999 kB'],
  [999_500, '1.0 MB'],
  [3_440_000, '3.4 MB'],
])('%d bytes read as %s', (bytes, said) => {
  expect(dataSize(bytes)).toBe(said);
});
