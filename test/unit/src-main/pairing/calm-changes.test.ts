import { expect, it } from 'vitest';
import { CalmChanges } from '../../../../src-main/pairing/calm-changes.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';

it('a flood of changes is passed on at once, four times a second, and once more at its end', async () => {
  const timer = new HandTimer(new FakeClock());
  let count = 0;
  const changes = new CalmChanges(() => (count += 1), timer);
  changes.changed();
  expect(count).toBe(1);
  for (let ms = 0; ms < 1000; ms += 10) {
    changes.changed();
    await timer.advance(10);
  }
  expect(count).toBe(5);
  await timer.advance(1000);
  expect(count).toBe(5);
  changes.changed();
  expect(count).toBe(6);
  changes.changed();
  changes.stop();
  await timer.advance(1000);
  expect(count).toBe(6);
});

it('a pending change is passed on once at the finish', async () => {
  const timer = new HandTimer(new FakeClock());
  let count = 0;
  const changes = new CalmChanges(() => (count += 1), timer, 1_000);
  changes.changed();
  changes.changed();
  await timer.advance(999);
  expect(count).toBe(1);
  changes.finish();
  changes.finish();
  expect(count).toBe(2);
  expect(timer.count).toBe(0);
});
