import { describe, expect, test } from 'vitest';
import { nextRegion } from '../../../../src-renderer/frame/region-cycle.ts';

describe('F6 through the parts of the window', () => {
  const all = (region: string) => region !== 'pane-failure' && region !== 'banner';
  test('forwards and round', () => {
    expect(nextRegion('rail', false, all)).toBe('page');
    expect(nextRegion('page', false, all)).toBe('address-bar');
    expect(nextRegion('address-bar', false, all)).toBe('embedded-page');
    expect(nextRegion('embedded-page', false, all)).toBe('rail');
  });

  test('what needs attention elsewhere stands between rail and page', () => {
    expect(nextRegion('rail', false, () => true)).toBe('banner');
    expect(nextRegion('page', true, () => true)).toBe('banner');
  });

  test('backwards and round', () => {
    expect(nextRegion('rail', true, all)).toBe('embedded-page');
    expect(nextRegion('embedded-page', true, all)).toBe('address-bar');
  });

  test('where the embedded page could not be shown, the words about that stand in its place', () => {
    const exists = (region: string) => region !== 'embedded-page';
    expect(nextRegion('address-bar', false, exists)).toBe('pane-failure');
    expect(nextRegion('pane-failure', false, exists)).toBe('rail');
    expect(nextRegion('embedded-page', false, exists)).toBe('pane-failure');
  });

  test('without the pane, between rail and page', () => {
    const exists = (region: string) => region === 'rail' || region === 'page';
    expect(nextRegion('page', false, exists)).toBe('rail');
    expect(nextRegion('rail', true, exists)).toBe('page');
  });
});
