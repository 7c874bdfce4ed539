import { describe, expect, it } from 'vitest';
import { nextZoom, zoomOfKey } from '../../../../../src-main/desktop/window/zoom-steps.ts';

const key = (sign: string, code: string, held: { shift?: boolean; alt?: boolean; control?: boolean } = {}) => ({
  key: sign,
  code,
  control: true,
  meta: false,
  alt: false,
  shift: false,
  ...held,
});

describe('the zoom keys', () => {
  it.each([
    ['US: plus with Shift', key('+', 'Equal', { shift: true }), 'in'],
    ['US: plus without Shift', key('=', 'Equal'), 'in'],
    ['US: minus', key('-', 'Minus'), 'out'],
    ['US: minus with Shift', key('_', 'Minus', { shift: true }), 'out'],
    ['US: zero', key('0', 'Digit0'), 'reset'],
    ['US: closing bracket', key(')', 'Digit0', { shift: true }), undefined],
    ['German: plus', key('+', 'BracketRight'), 'in'],
    ['German: minus', key('-', 'Slash'), 'out'],
    ['German: equals, on the key of zero', key('=', 'Digit0', { shift: true }), 'in'],
    ['French: minus, on the key of six', key('-', 'Digit6'), 'out'],
    ['French: zero without Shift', key('à', 'Digit0'), 'reset'],
    ['French: zero with Shift', key('0', 'Digit0', { shift: true }), 'reset'],
    ['number pad: plus', key('+', 'NumpadAdd'), 'in'],
    ['number pad: minus', key('-', 'NumpadSubtract'), 'out'],
    ['number pad: zero', key('0', 'Numpad0'), 'reset'],
    ['number pad: zero without Num Lock', key('Insert', 'Numpad0'), 'reset'],
    ['AltGr types another sign', key('+', 'Equal', { alt: true }), undefined],
    ['without Ctrl', key('+', 'Equal', { control: false }), undefined],
    ['another key', key('p', 'KeyP'), undefined],
  ])('%s', (_name, input, change) => {
    expect(zoomOfKey(input)).toBe(change);
  });

  it('goes up and down the same steps, and stays at the ends', () => {
    const up = [50];
    for (let percent = 50; nextZoom(percent, 'in') !== percent; percent = nextZoom(percent, 'in'))
      up.push(nextZoom(percent, 'in'));
    expect(up.at(-1)).toBe(300);
    for (const [place, percent] of up.entries()) expect(nextZoom(percent, 'out')).toBe(up[place - 1] ?? 50);
    expect(nextZoom(175, 'reset')).toBe(100);
  });
});
