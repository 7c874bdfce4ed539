import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparableName,
  differsInAlphabet,
  isChosenName,
  sameServerName,
} from '../../../../src-shared/servers/server-name.ts';
import { tries } from '../../../fakes/tries.ts';

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
    ['Straße 3', 'STRAẞE 3'],
    ['Store 1-14', 'store 1 14'],
    ['Store 1-14', 'STORE_1 – 14'],
    ['Joe’s Shop', "JOE'S SHOP"],
    ['Joe´s', 'Joe`s'],
    ['Store 014', '\u202EStore 014\u202C'],
    ['Store 014', 'Store\u034F 0\u200B14'],
    ['Store 014', 'Store\u3164 014\uFE0F'],
    ['Store 014', 'Store\u2800014'],
    ['ΣΑΣ', 'σας'],
    ['İzmir 1', 'i\u0307zmir 1'],
  ])('%j and %j mean the same server', (one, other) => {
    expect(sameServerName(one, other)).toBe(true);
  });

  it.each([
    ['Store 014', 'Store 016'],
    ['Store 014', 'Store 14'],
    ['Store 1-14', 'Store 114'],
    ['Store 11 4', 'Store 1 14'],
    ['Store 014', 'Store 0-14'],
    ['Store 014', 'Stоre 014'],
    ['Store 014', 'Store 014.'],
    ['Store 014', '🏬 014'],
    ['S'.repeat(300), 'S'.repeat(299)],
    ['Store 014', 'Store 014 B'],
    ['Store 014', ''],
    ['Store', 'Störe'],
    ['Store (014)', 'Store 014'],
    ['-', ''],
    ['1.1', '11'],
  ])('%j and %j mean different servers', (one, other) => {
    expect(sameServerName(one, other)).toBe(false);
  });

  it('what shows nothing is no name', () => {
    for (const name of ['', '  ', '\u200B', '\u3164', '\u2800', 'This server', 'THIS-SERVER', '\uFEFFthis server'])
      expect(isChosenName(name), JSON.stringify(name)).toBe(false);
    for (const name of ['-', '0', 'Store 014', 'This server 2']) expect(isChosenName(name), name).toBe(true);
  });

  it.each([
    ['Store 014', 'Stоre 014', true],
    ['STORE 014', 'stоre-014', true],
    ['Store 014', 'Store 014', false],
    ['Store 014', 'Store 016', false],
    ['Store 014', 'Störe 014', false],
    ['Store 014', 'Stоre 0145', false],
    ['Stоre', 'Stαre', false],
  ])('%j and %j differ in letters of another alphabet only: %j', (one, other, expected) => {
    expect(differsInAlphabet(one, other)).toBe(expected);
    expect(differsInAlphabet(other, one)).toBe(expected);
  });

  it('with other digits, or the same digits in other groups, never mean the same server', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 999 }).map(String), { minLength: 1, maxLength: 3 });
    const gap = fc.constantFrom(' ', '-', '_', ' – ', '\u00A0');
    fc.assert(
      fc.property(groups, groups, gap, gap, (one, other, oneGap, otherGap) => {
        const isSame = sameServerName(`Store ${one.join(oneGap)}`, `STORE-${other.join(otherGap)}`);
        expect(isSame).toBe(one.join(' ') === other.join(' '));
      }),
      { numRuns: tries(500) },
    );
  });

  it('compared once more, a compared name stays', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(comparableName(comparableName(name))).toBe(comparableName(name));
      }),
      { numRuns: tries(500) },
    );
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
