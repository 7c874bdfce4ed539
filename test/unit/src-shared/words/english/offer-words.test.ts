import { describe, expect, it } from 'vitest';
import { offerWords } from '../../../../../src-shared/words/english/offer-words.ts';

describe('the words about wrong pairing codes', () => {
  it.each([
    [['10.0.0.5'], 'A wrong pairing code came from 10.0.0.5.'],
    [['10.0.0.5', '10.0.0.5'], '2 wrong pairing codes came from 10.0.0.5.'],
    [['10.0.0.5', 'fe80::1', '10.0.0.5'], '3 wrong pairing codes came from 10.0.0.5 and fe80::1.'],
    [['a', 'b', 'c', 'a'], '4 wrong pairing codes came from a, b and c.'],
    [[''], 'A wrong pairing code came from an unknown address.'],
  ])('name each address once: %j', (from, says) => {
    expect(offerWords.wrongCodes(from)).toBe(`${says} After five, the console stops helping.`);
  });

  it('name the addresses when helping was stopped because of them', () => {
    expect(offerWords.ended('wrong_codes', ['10.0.0.5', '10.0.0.5'])).toContain(
      'came from 10.0.0.5, so helping was stopped',
    );
  });
});
