import { describe, expect, it } from 'vitest';
import {
  isShownHelped,
  laptopOf,
  laptopTrouble,
  relays,
  shownLaptop,
} from '../../../../src-shared/pairing/laptop-view.ts';
import { laptops } from '../../../gallery/pairings.ts';

describe('a laptop that helps a server', () => {
  it.each([
    ['unconfirmed', false, null],
    ['refused', false, 'issuer_refused'],
    ['starting', false, null],
    ['relaying', true, null],
    ['doubted', true, null],
    ['interrupted', false, null],
    ['gone', false, 'laptop_gone'],
  ] as const)('that stands as %s: requests go through it: %s, trouble: %s', (way, goesThrough, trouble) => {
    expect(relays(way)).toBe(goesThrough);
    expect(laptopTrouble({ ...laptops.paired, way })).toBe(trouble);
  });

  it('is in trouble after an end for a reason, and after no other', () => {
    expect(laptopTrouble({ ...laptops.ended, failureCode: 'pairing_ended' })).toBe('pairing_ended');
    for (const laptop of [laptops.ended, laptops.connecting, null]) expect(laptopTrouble(laptop)).toBeNull();
  });

  it('is paired for its own server alone', () => {
    const { paired, connecting, ended } = laptops;
    expect(laptopOf(paired, paired.profileId)).toBe(paired);
    for (const [laptop, server] of [
      [paired, 'another'],
      [paired, undefined],
      [connecting, connecting.profileId],
      [ended, ended.profileId],
      [null, 'another'],
    ] as const)
      expect(laptopOf(laptop, server)).toBeNull();
  });

  it('is shown for its own server, and at the first run for the one to be set up', () => {
    const { paired: laptop, gone, ended } = laptops;
    const profile = { id: laptop.profileId };
    expect(shownLaptop({ laptop, profile })).toBe(laptop);
    expect(shownLaptop({ laptop, profile: { id: 'another' } })).toBeNull();
    expect(shownLaptop({ laptop, profile: null })).toBe(laptop);
    expect(isShownHelped({ laptop, profile: null })).toBe(true);
    for (const other of [gone, ended, null]) expect(isShownHelped({ laptop: other, profile })).toBe(false);
  });
});
