import { expect, it } from 'vitest';
import { compareNames } from '../../../../src-shared/text/name-order.ts';

it('sorts names by their numbers', () => {
  expect(['Store 10', 'Store 9', 'Store 100'].toSorted(compareNames)).toEqual(['Store 9', 'Store 10', 'Store 100']);
});

it.each([
  ['STORE 2', 'store 2'],
  ['Café', 'cafe'],
])('%s and %s are in no order', (one, other) => {
  expect(compareNames(one, other)).toBe(0);
});
