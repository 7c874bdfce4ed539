import { describe, expect, it } from 'vitest';
import { WayHealth } from '../../../../../src-main/pairing/server/way-health.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';

function openHealth() {
  const timer = new HandTimer(new FakeClock());
  const seen: boolean[] = [];
  const health: WayHealth = new WayHealth({ timer, doubtMs: 60_000, onChanged: () => seen.push(health.isDoubted) });
  return { health, timer, seen };
}

describe('a way by a laptop', () => {
  it('is doubted after the first request without an answer, for a while', async () => {
    const { health, timer, seen } = openHealth();
    health.noteAnswer(true);
    expect(seen).toEqual([]);
    health.noteAnswer(false);
    expect(seen).toEqual([true]);
    await timer.advance(50_000);
    health.noteAnswer(false);
    await timer.advance(59_000);
    expect(seen).toEqual([true]);
    await timer.advance(1_000);
    expect(seen).toEqual([true, false]);
    expect(timer.count).toBe(0);
  });

  it('is trusted again as soon as a request is answered', () => {
    const { health, timer, seen } = openHealth();
    health.noteAnswer(false);
    health.noteAnswer(true);
    expect(seen).toEqual([true, false]);
    expect(timer.count).toBe(0);
  });

  it('does not change after its end', () => {
    const { health, timer, seen } = openHealth();
    health.noteAnswer(false);
    health.stop();
    health.noteAnswer(false);
    expect(seen).toEqual([true]);
    expect(timer.count).toBe(0);
  });
});
