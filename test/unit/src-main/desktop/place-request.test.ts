import { describe, expect, test } from 'vitest';
import { PlaceRequest } from '../../../../src-main/desktop/place-request.ts';
import { placeOf } from '../../../../src-shared/window/place.ts';
import type { AskedPlace } from '../../../../src-shared/window/place.ts';

describe('a request to show a place', () => {
  test('waits until the page listens, and only the last one counts', () => {
    const sent: AskedPlace[] = [];
    const clock: AskedPlace = { place: { page: 'help', topic: 'clock' }, by: 'notification' };
    const asked = new PlaceRequest((one) => sent.push(one));
    asked.ask({ place: { page: 'license' }, by: 'menu' });
    asked.ask(clock);
    expect(sent).toEqual([]);
    asked.pageListens();
    asked.pageListens();
    expect(sent).toEqual([clock]);
    asked.ask({ place: { page: 'license' }, by: 'menu' });
    expect(sent).toHaveLength(2);
  });

  test.each([
    ['renew', { page: 'license' }],
    ['check_license', { page: 'license' }],
    ['open_license', { page: 'license' }],
    ['unlock_keychain', { page: 'license' }],
    ['clock_help', { page: 'help', topic: 'clock' }],
    ['keychain_help', { page: 'help', topic: 'keychain' }],
  ] as const)('the action %s leads to %j', (action, place) => {
    expect(placeOf(action)).toEqual(place);
  });
});
