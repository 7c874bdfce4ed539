import { expect, test } from 'vitest';
import { withinLimit } from '../../../../src-main/time/within-limit.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';

test('work that ends in time gives its result, or its failure, and cancels the timer', async () => {
  const timer = new HandTimer(new FakeClock(0));
  expect(await withinLimit(timer, 1000, Promise.resolve('done'), 'late')).toBe('done');
  await expect(withinLimit(timer, 1000, Promise.reject(new Error('failed')), 'late')).rejects.toThrow('failed');
  expect(timer.count).toBe(0);
});

test('work that takes longer is not waited for', async () => {
  const timer = new HandTimer(new FakeClock(0));
  const result = withinLimit(timer, 1000, new Promise(() => {}), 'late');
  await timer.advance(1000);
  expect(await result).toBe('late');
});
