import { describe, expect, test } from 'vitest';
import { stepIds, stepStandings } from '../../../../src-renderer/license/step-standing.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';

function standingsOf(name: string, again = false): string {
  const standings = stepStandings(consoleStateOf(name).acquisition, again);
  return stepIds.map((step) => standings[step]).join(' ');
}

describe('the states of the six steps', () => {
  test.each([
    ['not-licensed', 'current open open later later later'],
    ['requesting-code', 'done done current later later later'],
    ['awaiting', 'done done done done current open'],
    ['storing', 'done done done done done current'],
    ['code-expired', 'done done done current later later'],
    ['denied', 'done done done done current later'],
    ['wrong-device', 'done done done done done current'],
    ['no-connection', 'done done current later later later'],
  ])('are for %s: %s', (name, expected) => {
    expect(standingsOf(name)).toBe(expected);
  });

  test('do not show the later steps as done during another acquisition', () => {
    expect(standingsOf('awaiting', true)).toBe('current open done done open open');
  });
});
