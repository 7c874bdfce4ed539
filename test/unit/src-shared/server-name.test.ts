import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameServerName } from '../../../src-shared/server-name.ts';
import { tries } from '../../fakes/tries.ts';

describe('two names of a server', () => {
  it.each([
    ['Store 014', 'store 014'],
    ['Store 014', 'STORE-014'],
    ['Store 014', 'Store014'],
    ['Store 014', '  Store  014 '],
    ['Store 014', 'Store\u00A0014'],
    ['Store 014', 'Store – 014'],
    ['Store 014', 'Store_014'],
    ['Store 014', 'Ｓｔｏｒｅ　０１４'],
    ['Store 014', 'Store\u200B 014'],
    ['Café 3', 'Cafe\u0301 3'],
    ['Straße 3', 'STRASSE 3'],
    ['ΣΑΣ', 'σας'],
    ['İzmir 1', 'i\u0307zmir 1'],
  ])('%j and %j mean the same server', (one, other) => {
    expect(sameServerName(one, other)).toBe(true);
  });

  it.each([
    ['Store 014', 'Store 016'],
    ['Store 014', 'Store 14'],
    ['Store 014', 'Store 014 B'],
    ['Store 014', ''],
    ['Store', 'Störe'],
    ['Store (014)', 'Store 014'],
    ['-', ''],
    ['1.1', '11'],
  ])('%j and %j mean different servers', (one, other) => {
    expect(sameServerName(one, other)).toBe(false);
  });

  it('are the same in both directions, and every name is the same as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (one, other) => {
        expect(sameServerName(one, one)).toBe(true);
        expect(sameServerName(one, other)).toBe(sameServerName(other, one));
      }),
      { numRuns: tries(500) },
    );
  });
});
