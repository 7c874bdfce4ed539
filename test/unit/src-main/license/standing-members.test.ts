import { expect, it } from 'vitest';
import { standingMembers } from '../../../../src-main/license/standing-members.ts';
import { servedStanding } from '../../../fakes/served-license.ts';

const members = (changes: object) => standingMembers({ ...servedStanding, ...changes }, ({ code }) => code);
const refreshed = { refreshing: false, lastRefreshedAt: 0 };

it.each([
  ['a license with a refresh token', {}, true],
  ['a license without one', { refresh: { ...refreshed, withoutRefreshToken: true } }, false],
  ['no license, also after one whose removal was interrupted', { license: null, refresh: refreshed }, undefined],
])('can_refresh of %s', (_name, changes, expected) => {
  expect(members(changes).refresh.can_refresh).toBe(expected);
});
