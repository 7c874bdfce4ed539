import { expect, it } from 'vitest';
import { hasEveryWord, plainText } from '../../../../src-renderer/frame/search.ts';

it.each([
  ['  Café\u00a0 Nord ', 'cafe nord'],
  ['ÅNGSTRÖM', 'angstrom'],
  ['レジ'.normalize('NFC'), 'レジ'.normalize('NFD')],
  ['', ''],
])('%j is searched as %j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});

it('finds each word in any order, also within a word', () => {
  expect(hasEveryWord('cafe nord 14', '14 caf')).toBe(true);
  expect(hasEveryWord('cafe nord 14', '14 sud')).toBe(false);
  expect(hasEveryWord('cafe nord 14', '')).toBe(true);
});
