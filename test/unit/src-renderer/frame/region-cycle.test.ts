import { describe, expect, test } from 'vitest';
import { nextRegion } from '../../../../src-renderer/frame/region-cycle.ts';

describe('the F6 key', () => {
  const all = (region: string) => region !== 'pane-failure' && region !== 'banner';
  test('goes forwards through the parts of the window, and from the last to the first', () => {
    expect(nextRegion('rail', false, all)).toBe('page');
    expect(nextRegion('page', false, all)).toBe('address-bar');
    expect(nextRegion('address-bar', false, all)).toBe('embedded-page');
    expect(nextRegion('embedded-page', false, all)).toBe('rail');
  });

  test('visits the banner between rail and page if there is one', () => {
    expect(nextRegion('rail', false, () => true)).toBe('banner');
    expect(nextRegion('page', true, () => true)).toBe('banner');
  });

  test('goes backwards with Shift, and from the first to the last', () => {
    expect(nextRegion('rail', true, all)).toBe('embedded-page');
    expect(nextRegion('embedded-page', true, all)).toBe('address-bar');
  });

  test('visits the failure of the pane in place of an embedded page that could not be shown', () => {
    const exists = (region: string) => region !== 'embedded-page';
    expect(nextRegion('address-bar', false, exists)).toBe('pane-failure');
    expect(nextRegion('pane-failure', false, exists)).toBe('rail');
    expect(nextRegion('embedded-page', false, exists)).toBe('pane-failure');
  });

  test('moves between rail and page if there is no pane', () => {
    const exists = (region: string) => region === 'rail' || region === 'page';
    expect(nextRegion('page', false, exists)).toBe('rail');
    expect(nextRegion('rail', true, exists)).toBe('page');
  });
});
