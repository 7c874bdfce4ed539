import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterPending,
  afterReconnecting,
  afterSlowDown,
  afterTrouble,
  isOver,
  type PollSchedule,
  startPolling,
} from '../../../../src-main/acquisition/poll-schedule.ts';
import { said, tries } from '../../../fakes/tries.ts';

type Answer =
  | { says: 'pending' }
  | { says: 'slow_down'; interval: number | undefined }
  | { says: 'trouble'; retryAfter: number | undefined };

const answers: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ says: fc.constant('pending' as const) }),
  fc.record({
    says: fc.constant('slow_down' as const),
    interval: fc.option(fc.double({ min: -10, max: 200, noNaN: true }), { nil: undefined }),
  }),
  fc.record({
    says: fc.constant('trouble' as const),
    retryAfter: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
  }),
);
const sequences = fc.record({
  interval: fc.double({ min: 1, max: 120, noNaN: true }),
  life: fc.integer({ min: 1, max: 3600 }),
  answers: fc.array(fc.tuple(answers, fc.integer({ min: 0, max: 40_000 })), { maxLength: 60 }),
});

const next = (schedule: PollSchedule, answer: Answer, nowMs: number): PollSchedule => {
  switch (answer.says) {
    case 'pending':
      return afterPending(schedule, nowMs);
    case 'slow_down':
      return afterSlowDown(schedule, nowMs, answer.interval);
    case 'trouble':
      return afterTrouble(schedule, nowMs, answer.retryAfter);
  }
};

describe('P1: the times of polls (RFC 8628 §3.5)', () => {
  it(`are never early, and each slow_down lengthens the interval permanently: ${said(1_000)} sequences`, () => {
    fc.assert(
      fc.property(sequences, ({ interval, life, answers: sequence }) => {
        let schedule = startPolling(1000, interval, life);
        // What the server allows, calculated independently.
        let owedMs = interval * 1000;
        let lastMs = 1000;
        for (const [answer, tookMs] of sequence) {
          expect(schedule.earliestMs).toBeGreaterThanOrEqual(lastMs + owedMs);
          expect(schedule.nextMs).toBeGreaterThanOrEqual(schedule.earliestMs);
          const pollMs = schedule.earliestMs;
          const answeredMs = pollMs + tookMs;
          const before = schedule;
          schedule = next(schedule, answer, answeredMs);
          if (answer.says === 'slow_down') owedMs = Math.max(owedMs + 5000, (answer.interval ?? 0) * 1000);
          // The interval is measured from the answer, which is never before the poll.
          lastMs = answeredMs;
          expect(schedule.intervalMs).toBeCloseTo(owedMs, 5);
          expect(schedule.intervalMs).toBeGreaterThanOrEqual(before.intervalMs);
          expect(schedule.deadlineMs).toBe(before.deadlineMs);
          if (answer.says === 'trouble' && answer.retryAfter) {
            expect(schedule.earliestMs).toBeGreaterThanOrEqual(answeredMs + answer.retryAfter * 1000);
          }
        }
      }),
      { numRuns: tries(1_000) },
    );
  });

  it.each([
    [1, 10],
    [2, 15],
    [3, 20],
    [10, 55],
  ])('grow apart: %d slow_down from 5 s make %d s', (times, seconds) => {
    let schedule = startPolling(0, 5, 300);
    for (let time = 0; time < times; time += 1) schedule = afterPending(afterSlowDown(schedule, 0), 0);
    expect(schedule.intervalMs).toBe(seconds * 1000);
  });

  it.each([
    ['larger than 5 s more', 30, 30],
    ['smaller', 2, 10],
    ['zero', 0, 10],
    ['negative', -99, 10],
  ])('follow the interval in a slow_down if it is longer: it is %s', (_name, interval, seconds) => {
    expect(afterSlowDown(startPolling(0, 5, 300), 0, interval).intervalMs).toBe(seconds * 1000);
  });

  it('back off up to 30 s during trouble, and one good response ends that', () => {
    let schedule = startPolling(0, 1, 300);
    const delays = Array.from({ length: 8 }, () => {
      schedule = afterTrouble(schedule, 0);
      return schedule.nextMs;
    });
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(schedule.earliestMs).toBe(1000);
    expect(afterTrouble(afterPending(schedule, 0), 0).nextMs).toBe(1000);
    expect(afterTrouble(afterSlowDown(schedule, 0), 0)).toMatchObject({ troubles: 1, nextMs: 6000 });
  });

  it('resume at once when the network is back, but never earlier than the server allows', () => {
    let schedule = startPolling(0, 5, 300);
    for (let trouble = 0; trouble < 6; trouble += 1) schedule = afterTrouble(schedule, schedule.nextMs);
    const polledMs = schedule.earliestMs - schedule.intervalMs;
    expect(schedule.nextMs - polledMs).toBe(30_000);
    expect(afterReconnecting(schedule, polledMs + 1_000).nextMs).toBe(schedule.earliestMs);
    expect(afterReconnecting(schedule, polledMs + 9_000).nextMs).toBe(polledMs + 9_000);
    expect(afterReconnecting(schedule, polledMs + 40_000).nextMs).toBe(schedule.nextMs);
  });

  it('end when the code expires, by monotonic time', () => {
    const schedule = startPolling(5_000, 5, 300);
    expect([304_999, 305_000, 305_001].map((nowMs) => isOver(schedule, nowMs))).toEqual([false, true, true]);
  });

  it.each([1e308, Number.MAX_VALUE, 1e9])('are a day apart at most for an interval of %d s', (interval) => {
    const schedule = startPolling(0, interval, 300);
    expect(schedule.intervalMs).toBe(86_400_000);
    expect(afterSlowDown(schedule, 0, interval).intervalMs).toBe(86_400_000);
  });
});
