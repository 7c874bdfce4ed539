import '../../../../fakes/without-electron.ts';
import { describe, expect, test } from 'vitest';
import { displayOf } from '../../../../../src-main/adapters/desktop/own-display.ts';

describe('the display that windows open on', () => {
  test.each([
    ['linux', { DISPLAY: ':0' }, ':0'],
    ['linux', { DISPLAY: ':0.0' }, ':0'],
    ['linux', { DISPLAY: 'localhost:10.0' }, 'localhost:10'],
    ['linux', { DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0' }, ':0'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'wayland-0'],
    ['linux', { DISPLAY: '' }, null],
    ['linux', {}, null],
    ['win32', {}, 'desktop'],
    ['darwin', {}, 'desktop'],
  ] as const)('on %s with %o is %s', (platform, env, display) => {
    expect(displayOf(platform, env)).toBe(display);
  });
});
