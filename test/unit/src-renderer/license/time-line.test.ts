import { describe, expect, test } from 'vitest';
import { makeTimeLine } from '../../../../src-renderer/license/time-line.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 26);

describe('the time line of License Status and Token Expiry', () => {
  test('keeps hours, days and years in order and on the line', () => {
    const ends = [now + day / 4, now + 3 * day, now + 127 * day, now + 4 * 365 * day];
    const line = makeTimeLine(now, ends);
    const places = [now, ...ends].map(line.position);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(new Set(places).size).toBe(places.length);
    expect(places.at(-1)).toBeLessThan(1);
    expect(line.now).toBeGreaterThan(0);
  });

  test('shows what has ended before now, with room to see it', () => {
    const line = makeTimeLine(now, [now - 5 * day, now + day]);
    expect(line.position(now - 5 * day)).toBeGreaterThan(0);
    expect(line.now - line.position(now - 5 * day)).toBeGreaterThan(0.2);
  });

  test.each([0.5, 3, 12, 127, 365, 3650])('has no two ticks that touch with %d days ahead', (days) => {
    const { ticks, now: nowPosition } = makeTimeLine(now, [now + days * day]);
    const places = [nowPosition, ...ticks.map(({ position }) => position)].toSorted((a, b) => a - b);
    for (const [index, place] of places.entries()) {
      if (index > 0) expect(place - (places[index - 1] ?? 0)).toBeGreaterThan(0.11);
    }
    expect(ticks.length).toBeGreaterThan(0);
  });
});
