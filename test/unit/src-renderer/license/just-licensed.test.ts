import { describe, expect, test } from 'vitest';
import { continueStory, noStory } from '../../../../src-renderer/license/just-licensed.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';

const after = (...names: string[]): boolean =>
  names.reduce((story, name) => continueStory(story, consoleStateOf(name)), noStory).justLicensed;

describe('the note that the steps just ended in a license', () => {
  test('is shown after the last step', () => {
    expect(after('not-licensed', 'requesting-code', 'awaiting', 'storing', 'licensed')).toBe(true);
  });

  test('is not shown at a start with a license, after a cancel, or if the old license is kept', () => {
    expect(after('licensed')).toBe(false);
    expect(after('not-licensed', 'awaiting', 'not-licensed')).toBe(false);
    expect(after('expired', 'expired-reacquiring', 'expired')).toBe(false);
  });

  test('is no longer shown once new steps begin', () => {
    expect(after('awaiting', 'licensed', 'expired-reacquiring')).toBe(false);
  });
});
