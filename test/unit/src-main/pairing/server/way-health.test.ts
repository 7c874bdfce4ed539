import { describe, expect, it } from 'vitest';
import { WayHealth } from '../../../../../src-main/pairing/server/way-health.ts';

function openHealth() {
  const seen: boolean[] = [];
  const health: WayHealth = new WayHealth(() => seen.push(health.isDoubted));
  return { health, seen };
}

describe('a way through a laptop', () => {
  it('is doubted after the first request without an answer, and trusted again after one with an answer', () => {
    const { health, seen } = openHealth();
    health.noteAnswer(true);
    expect(seen).toEqual([]);
    for (const came of [false, false, true, true]) health.noteAnswer(came);
    expect(seen).toEqual([true, false]);
  });

  it('does not change after its end', () => {
    const { health, seen } = openHealth();
    health.noteAnswer(false);
    health.stop();
    for (const came of [true, false]) health.noteAnswer(came);
    expect(seen).toEqual([true]);
    expect(health.isDoubted).toBe(true);
  });
});
