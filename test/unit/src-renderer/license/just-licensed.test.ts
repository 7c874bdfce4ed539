import { describe, expect, test } from 'vitest';
import { continueStory, noStory } from '../../../../src-renderer/license/just-licensed.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';

const after = (...names: string[]): boolean =>
  names.reduce((story, name) => continueStory(story, consoleStateOf(name)), noStory).justLicensed;

describe('the steps just ended in a license', () => {
  test('from the steps to the details', () => {
    expect(after('not-licensed', 'requesting-code', 'awaiting', 'storing', 'licensed')).toBe(true);
  });

  test('not at a start with a license, after a cancel, or where the old license is kept', () => {
    expect(after('licensed')).toBe(false);
    expect(after('not-licensed', 'awaiting', 'not-licensed')).toBe(false);
    expect(after('expired', 'expired-reacquiring', 'expired')).toBe(false);
  });

  test('no longer once new steps begin', () => {
    expect(after('awaiting', 'licensed', 'expired-reacquiring')).toBe(false);
  });
});
