import { describe, expect, it } from 'vitest';
import { linesToShow, topsOf, walked } from '../../../../src-renderer/board/line-places.ts';

const keys = Array.from({ length: 500 }, (_, index) => `${index}`);
const tops = topsOf(keys, new Map([['1', 30]]), 10);

describe('the lines of a long list', () => {
  it('begin after the previous ones, measured or not', () => {
    expect(tops.slice(0, 4)).toEqual([0, 10, 40, 50]);
    expect(tops.at(-1)).toBe(5020);
    expect(topsOf([], new Map(), 10)).toEqual([0]);
  });

  it('are in the page if they are visible, with gaps for the others', () => {
    expect(linesToShow(tops, { from: 45, to: 61 }, -1)).toEqual([
      { index: 2, gap: 40 },
      { index: 3, gap: 0 },
      { index: 4, gap: 0 },
    ]);
    expect(linesToShow(tops, { from: 0, to: 0 }, -1)).toEqual([]);
    expect(linesToShow([0], { from: 0, to: 100 }, -1)).toEqual([]);
  });

  it('stay in the page while they have the focus, above and below the visible part', () => {
    expect(linesToShow(tops, { from: 100, to: 105 }, 0)).toEqual([
      { index: 0, gap: 0 },
      { index: 8, gap: 90 },
    ]);
    expect(linesToShow(tops, { from: 100, to: 105 }, 499)).toEqual([
      { index: 8, gap: 100 },
      { index: 499, gap: 4900 },
    ]);
  });
});

describe('the line to which a key moves', () => {
  const every = () => true;
  const even = (index: number) => index % 2 === 0;

  it.each([
    ['ArrowDown', 3, every, 4],
    ['ArrowUp', 3, every, 2],
    ['ArrowUp', 0, every, 0],
    ['ArrowDown', 499, every, 499],
    ['Home', 300, every, 0],
    ['End', 3, every, 499],
    ['PageDown', 3, every, 13],
    ['PageDown', 495, every, 499],
    ['PageUp', 3, every, 0],
    // The focus passes over the heads of groups.
    ['ArrowDown', 4, even, 6],
    ['ArrowUp', 4, even, 2],
    ['End', 4, even, 498],
    ['ArrowDown', 498, even, 498],
    ['a', 3, every, null],
    ['Enter', 3, every, null],
    ['toString', 3, every, null],
  ])('%s from %i', (key, from, takesFocus, to) => {
    expect(walked(key, from, 500, takesFocus)).toBe(to);
  });

  it('moves from a group at the top to its first server', () => {
    expect(walked('Home', 5, 10, (index) => index > 0)).toBe(1);
    expect(walked('ArrowUp', 1, 10, (index) => index > 0)).toBe(1);
  });
});
