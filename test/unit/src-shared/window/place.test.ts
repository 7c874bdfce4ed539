import { describe, expect, test } from 'vitest';
import { firstPaintMarkup } from '../../../../src-shared/window/first-paint.ts';
import { isOpenPage, railPages } from '../../../../src-shared/window/place.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';

const railOf = (state: string): string[] =>
  [...firstPaintMarkup(consoleStateOf(state)).matchAll(/class="rail-item".*?<span>(.*?)<\/span>/g)].map(
    ([, label = '']) => label,
  );

describe('the rail', () => {
  test('has only License, All servers and Help while the console has no server', () => {
    expect(railPages(true)).toEqual(['license', 'board', 'help']);
    expect(railOf('first-run')).toEqual(['License', 'All servers', 'Help']);
  });

  test('has its pages in the same order as the first paint, where their names are escaped', () => {
    expect(railPages(false)).toEqual(['license', 'history', 'registers', 'board', 'settings', 'help']);
    expect(railOf('licensed')).toEqual([
      'License',
      'History',
      'Registers &#38; servers',
      'All servers',
      'Settings',
      'Help',
    ]);
  });
});

test('opens the handover sheet only while there is a license, and other pages as listed', () => {
  expect(isOpenPage('handover', { firstRun: false, licensed: true })).toBe(true);
  expect(isOpenPage('handover', { firstRun: false, licensed: false })).toBe(false);
  expect(isOpenPage('history', { firstRun: false, licensed: false })).toBe(true);
  expect(isOpenPage('history', { firstRun: true, licensed: false })).toBe(false);
});
