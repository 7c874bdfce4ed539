import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockToleranceMs } from '../../../../src-main/time/clock-check.ts';
import { observeHttp, TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { fail, type Result } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { hearTwice } from '../../../fakes/heard-date.ts';
import { html, json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';
import { said, tries } from '../../../fakes/tries.ts';

const hour = 3_600_000;
const day = 24 * hour;
const year = 365 * day;

const errors: readonly [string, number][] = [
  ['-10 y', -10 * year],
  ['-1 y', -year],
  ['-1 d', -day],
  ['+1 h', hour],
  ['+1 d', day],
  ['+10 y', 10 * year],
];

/** A process that starts with a clock that is off. */
function started(errorMs = 0, markAt?: (clock: FakeClock) => number) {
  const clock = new FakeClock();
  const kept = markAt?.(clock);
  clock.wallErrorMs = errorMs;
  const time = new TrustedTime(clock);
  if (kept !== undefined) time.restore(kept);
  return { clock, time };
}

/** How far the instant of the evaluation is from the real time. */
const offBy = ({ clock, time }: { clock: FakeClock; time: TrustedTime }) => time.evaluate().judgedAt - clock.realAt;

describe('T1: a wrong clock while the server answers', () => {
  it.each(errors)('is reported, and the server’s time is used, also long after: %s', (_name, errorMs) => {
    const at = started(errorMs);
    hearTwice(at.time, at.clock.realAt);
    for (const passed of [0, hour, day, 40 * day]) {
      at.clock.advance(passed);
      expect(at.time.evaluate().clock.state).toBe('wrong');
      expect(offBy(at)).toBe(0);
    }
  });

  it.each(errors)('is right again after it is corrected: %s', (_name, errorMs) => {
    const at = started(errorMs);
    hearTwice(at.time, at.clock.realAt);
    at.clock.advance(hour);
    at.clock.wallErrorMs = 0;
    expect(at.time.evaluate()).toEqual({ clock: { state: 'right' }, judgedAt: at.clock.realAt });
  });

  it.each([
    ['5 min slow', -clockToleranceMs, 'right'],
    ['5 min and 1 s slow', -clockToleranceMs - 1000, 'wrong'],
    ['5 min fast', clockToleranceMs, 'right'],
    ['5 min and 1 s fast', clockToleranceMs + 1000, 'wrong'],
  ])('is recognized from 5 minutes on: %s is %s', (_name, errorMs, state) => {
    const at = started(errorMs);
    hearTwice(at.time, at.clock.realAt);
    expect(at.time.evaluate().clock.state).toBe(state);
  });

  it('is judged by the latest server date, whether that is earlier or later', () => {
    const at = started();
    hearTwice(at.time, at.clock.realAt + year);
    expect(at.time.evaluate().clock.state).toBe('wrong');
    hearTwice(at.time, at.clock.realAt);
    expect(at.time.evaluate()).toEqual({ clock: { state: 'right' }, judgedAt: at.clock.realAt });
    expect(at.time.markAt).toBe(at.clock.realAt);
  });
});

describe('T1: a clock that is changed while offline', () => {
  it.each(errors.filter(([, errorMs]) => errorMs < 0))(
    'is wrong if it is behind the mark, and the mark is used: %s',
    (_name, errorMs) => {
      const at = started(errorMs, (clock) => clock.realAt);
      expect(at.time.evaluate().clock).toMatchObject({ state: 'wrong' });
      expect(offBy(at)).toBe(0);
      at.clock.advance(3 * day);
      expect(offBy(at)).toBe(0);
    },
  );

  it.each(errors)('is wrong if it changes while the console runs, and monotonic time is used: %s', (_name, errorMs) => {
    const at = started();
    at.clock.advance(2 * hour);
    at.clock.wallErrorMs = errorMs;
    expect(at.time.evaluate().clock.state).toBe('wrong');
    expect(offBy(at)).toBe(0);
  });

  it('never leads to a judgement before the mark, even if it was a little behind and then set ahead', () => {
    const at = started(-4 * 60_000, (clock) => clock.realAt);
    at.clock.advance(hour);
    at.clock.wallErrorMs = day;
    expect(at.time.evaluate().clock.state).toBe('wrong');
    expect(offBy(at)).toBe(0);
  });

  it('is right after it was behind the mark and is corrected', () => {
    const at = started(-day, (clock) => clock.realAt);
    at.clock.advance(hour);
    at.clock.wallErrorMs = 0;
    expect(at.time.evaluate()).toEqual({ clock: { state: 'right' }, judgedAt: at.clock.realAt });
  });

  it('stays right when only the time zone or DST changes, which moves no instant', () => {
    const at = started(0, (clock) => clock.realAt);
    at.clock.advance(hour);
    expect(at.time.evaluate().clock.state).toBe('right');
  });
});

describe('T1: a clock that is set ahead while the computer is off', () => {
  it.each([hour, 10 * year])('by %d ms is believed offline, and recognized as wrong at the first answer', (errorMs) => {
    const at = started(errorMs, (clock) => clock.realAt);
    expect(at.time.evaluate()).toEqual({ clock: { state: 'right' }, judgedAt: at.clock.wallNow() });
    // It is not stored: only evidence moves the mark.
    expect(at.time.markAt).toBeLessThanOrEqual(at.clock.realAt);
    hearTwice(at.time, at.clock.realAt);
    expect(at.time.evaluate().clock.state).toBe('wrong');
    expect(offBy(at)).toBe(0);
  });
});

describe('the iat of a verified token', () => {
  it('moves the mark forward, but never back', () => {
    const at = started(0, (clock) => clock.realAt - year);
    at.time.observeIssuedAt(at.clock.realAt - 10 * day);
    expect(at.time.markAt).toBe(at.clock.realAt - 10 * day);
    at.time.observeIssuedAt(at.clock.realAt - 20 * day);
    expect(at.time.markAt).toBe(at.clock.realAt - 10 * day);
  });

  it.each([0, hour, 30 * day])('does not make a right clock wrong, %d ms after the start', (passed) => {
    for (const ago of [0, 1_000, hour, day, -2_000]) {
      const at = started();
      at.clock.advance(passed);
      at.time.observeIssuedAt(at.clock.realAt - ago);
      expect(at.time.evaluate().clock.state).toBe('right');
      expect(Math.abs(offBy(at))).toBeLessThanOrEqual(2_000);
      at.clock.advance(passed);
      expect(at.time.evaluate().clock.state).toBe('right');
    }
  });

  it.each(errors)('a second after the server’s date leaves a clock that is off by %s wrong', (_name, errorMs) => {
    const at = started(errorMs);
    at.clock.advance(hour);
    hearTwice(at.time, at.clock.realAt);
    at.time.observeIssuedAt(at.clock.realAt + 1_000);
    expect(at.time.evaluate().clock.state).toBe('wrong');
    expect(Math.abs(offBy(at))).toBeLessThanOrEqual(1_000);
  });

  it('far ahead of a clock makes that clock wrong, without other evidence', () => {
    const at = started(-year);
    at.clock.advance(day);
    at.time.observeIssuedAt(at.clock.realAt);
    expect(at.time.evaluate().clock.state).toBe('wrong');
    expect(offBy(at)).toBe(0);
  });
});

describe('T4: sleep', () => {
  it.each([hour, 3 * day])('of %d ms, while monotonic time stops, leaves the clock right', (asleep) => {
    const at = started();
    hearTwice(at.time, at.clock.realAt);
    at.clock.advance(hour);
    at.clock.sleep(asleep);
    at.time.startOver();
    expect(at.time.evaluate()).toEqual({ clock: { state: 'right' }, judgedAt: at.clock.realAt });
  });

  it('reveals a clock that was set back meanwhile, and the judgement is not before the sleep', () => {
    const at = started();
    hearTwice(at.time, at.clock.realAt);
    at.clock.advance(hour);
    const before = at.clock.realAt;
    at.clock.sleep(hour);
    at.clock.wallErrorMs = -day;
    at.time.startOver();
    expect(at.time.evaluate().clock.state).toBe('wrong');
    expect(at.time.evaluate().judgedAt).toBe(before);
  });

  it('several times keeps the mark moving', () => {
    const at = started(0, (clock) => clock.realAt);
    for (let nights = 0; nights < 5; nights += 1) {
      at.clock.advance(8 * hour);
      at.time.startOver();
    }
    expect(at.time.markAt).toBe(at.clock.realAt);
  });
});

type Step =
  | { does: 'advance' | 'sleep' | 'restart'; ms: number }
  | { does: 'set clock'; errorMs: number }
  | { does: 'server date' | 'token' }
  | { does: 'wake' };

const spans = fc.integer({ min: 0, max: 400 * day });
const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ does: fc.constantFrom('advance' as const, 'sleep' as const, 'restart' as const), ms: spans }),
  fc.record({ does: fc.constant('set clock' as const), errorMs: fc.integer({ min: -10 * year, max: 10 * year }) }),
  fc.record({ does: fc.constantFrom('server date' as const, 'token' as const) }),
);

describe('T1: any history of the clock', () => {
  it(`never leads to a judgement more than 5 min before the last evidence, in ${said(2_000)} histories`, () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), (history) => {
        const clock = new FakeClock();
        let time = new TrustedTime(clock);
        let evidenceAt = Number.NEGATIVE_INFINITY;
        for (const step of history) {
          switch (step.does) {
            case 'advance':
              clock.advance(step.ms);
              break;
            case 'sleep':
              clock.sleep(step.ms);
              time.startOver();
              break;
            case 'restart': {
              const mark = time.markAt;
              clock.restart(step.ms);
              time = new TrustedTime(clock);
              if (mark !== null) time.restore(mark);
              break;
            }
            case 'set clock':
              clock.wallErrorMs = step.errorMs;
              break;
            case 'server date':
              hearTwice(time, clock.realAt);
              evidenceAt = clock.realAt;
              break;
            case 'token':
              time.observeIssuedAt(clock.realAt);
              evidenceAt = clock.realAt;
              break;
            case 'wake':
              break;
          }
          const { judgedAt } = time.evaluate();
          expect(judgedAt).toBeGreaterThanOrEqual(evidenceAt - clockToleranceMs);
          if (step.does === 'server date') {
            expect(Math.abs(judgedAt - clock.realAt)).toBeLessThanOrEqual(clockToleranceMs);
          }
          // True evidence never moves the mark ahead of real time.
          if (time.markAt !== null) expect(time.markAt).toBeLessThanOrEqual(clock.realAt);
        }
      }),
      { numRuns: tries(2_000) },
    );
  });

  it(`never makes an unchanged clock wrong, in ${said(2_000)} histories`, () => {
    const quiet = steps.filter(({ does }) => does !== 'set clock');
    fc.assert(
      fc.property(fc.array(quiet, { maxLength: 25 }), (history) => {
        const clock = new FakeClock();
        let time = new TrustedTime(clock);
        for (const step of history) {
          if (step.does === 'advance') clock.advance(step.ms);
          if (step.does === 'server date') hearTwice(time, clock.realAt);
          if (step.does === 'token') time.observeIssuedAt(clock.realAt);
          if (step.does === 'sleep') {
            clock.sleep(step.ms);
            time.startOver();
          }
          if (step.does === 'restart') {
            const mark = time.markAt;
            clock.restart(step.ms);
            time = new TrustedTime(clock);
            if (mark !== null) time.restore(mark);
          }
          expect(time.evaluate()).toEqual({ clock: { state: 'right' }, judgedAt: clock.realAt });
        }
      }),
      { numRuns: tries(2_000) },
    );
  });
});

describe('a clock in doubt', () => {
  /** A process whose clock is behind a mark, with servers at some addresses. */
  function inDoubt(endpoints: Readonly<Record<string, string | null>>, answering: readonly string[] = []) {
    const at = started(-day, (clock) => clock.realAt);
    const { clock, time } = at;
    const asked: string[] = [];
    const askedBy: string[] = [];
    const giveUp: (() => void)[] = [];
    for (const [name, endpoint] of Object.entries(endpoints))
      time.addSource(name, {
        endpoint,
        answers: name !== 'offline',
        ask: async () => {
          asked.push(endpoint ?? '');
          askedBy.push(name);
          const answers = endpoint !== null && answering.includes(endpoint);
          if (answers) time.observe({ at: clock.realAt, isPost: true });
          else await new Promise<void>((resolve) => giveUp.push(resolve));
          return answers;
        },
      });
    return { ...at, asked, askedBy, giveUp };
  }

  const silent = Object.fromEntries(
    Array.from({ length: 20 }, (_, nth) => [`p${nth}`, 'https://silent.example/token']),
  );

  it('is settled by the server that answers, while 20 servers at an address that is silent are asked once', async () => {
    const { time, asked } = inDoubt({ ...silent, alive: 'https://alive.example/token' }, [
      'https://alive.example/token',
    ]);
    expect(time.evaluate().clock).toHaveProperty('doubt');
    await time.settle();
    expect(time.evaluate().clock.state).toBe('wrong');
    expect(asked).toEqual(['https://silent.example/token', 'https://alive.example/token']);
  });

  it('asks all addresses at the same time, and stays as it is if none answers', async () => {
    const { time, asked, giveUp } = inDoubt({ one: 'https://one.example/token', two: 'https://two.example/token' });
    let isOver = false;
    const settling = time.settle().then(() => (isOver = true));
    expect(asked).toHaveLength(2);
    giveUp[0]?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(isOver).toBe(false);
    giveUp[1]?.();
    await settling;
    expect(time.evaluate().clock.state).toBe('wrong');
    await time.settle();
    expect(asked).toHaveLength(2);
  });

  it('asks an address by the server that gets answers from it, for example through a laptop', async () => {
    const endpoint = 'https://one.example/token';
    const { time, askedBy } = inDoubt({ helped: endpoint, offline: endpoint }, [endpoint]);
    await time.settle();
    expect(askedBy).toEqual(['helped']);
  });

  it('is asked about later if no address is known yet', async () => {
    const { time, asked } = inDoubt({ one: null });
    await time.settle();
    expect(asked).toEqual([]);
    time.addSource('one', {
      endpoint: 'https://one.example/token',
      answers: true,
      ask: async () => asked.push('one') > 0,
    });
    await time.settle();
    expect(asked).toEqual(['one']);
  });

  /** A virtual machine was paused for two days, and its clock comes back 400 days ahead. Two servers have the same address. */
  function paused(answer: (at: ReturnType<typeof started>) => boolean | Promise<boolean>) {
    const at = started();
    const { clock, time } = at;
    hearTwice(time, clock.realAt);
    let asked = 0;
    for (const name of ['one', 'two'])
      time.addSource(name, {
        endpoint: 'https://one.example/token',
        answers: true,
        ask: async () => {
          asked += 1;
          await Promise.resolve();
          return answer(at);
        },
      });
    clock.sleep(2 * day);
    clock.wallErrorMs = 400 * day;
    return { ...at, asked: () => asked };
  }

  it('is settled by one address whose answer fits neither the clock nor the mark: it is asked once more', async () => {
    const { clock, time, asked } = paused((at) => {
      at.time.observe({ at: at.clock.realAt, isPost: true });
      return true;
    });
    time.look();
    await time.settle();
    expect(asked()).toBe(2);
    expect(time.evaluate()).toMatchObject({ clock: { state: 'wrong' }, judgedAt: clock.realAt });
  });

  it('is answered, and not asked about again, if the answers of a server contradict each other or have no time', async () => {
    for (const stepMs of [day, null]) {
      let offMs = 0;
      const { time, asked } = paused((at) => {
        if (stepMs !== null) at.time.observe({ at: at.clock.realAt + (offMs += stepMs), isPost: true });
        return true;
      });
      await time.settle();
      const times = asked();
      expect(times).toBe(stepMs === null ? 1 : 2);
      const { clock } = time.evaluate();
      expect(clock).toHaveProperty('doubt');
      expect(clock).not.toHaveProperty('doubt.unanswered');
      time.look();
      await time.settle();
      expect(asked()).toBe(times);
    }
  });

  it('is unanswered if no server answers, also if the request cannot be sent', async () => {
    for (const answer of [() => false, () => Promise.reject(new Error('no socket'))]) {
      const { time, asked } = paused(answer);
      expect(time.evaluate().clock).not.toHaveProperty('doubt.unanswered');
      await time.settle();
      expect(time.evaluate().clock).toHaveProperty('doubt.unanswered', true);
      time.look();
      await time.settle();
      expect(asked()).toBe(1);
    }
  });
});

describe('the observation of answers', () => {
  it('takes the Date of every answer, whatever its status', async () => {
    const at = started();
    const heard: number[] = [];
    const date = 'Tue, 10 Mar 2026 11:59:00 GMT';
    const outcomes = [json(200, {}, { date }), json(503, {}, { date }), json(200, {}), noAnswer('network_unreachable')];
    const told: boolean[] = [];
    const http = observeHttp(
      new ScriptedHttp((_request, nth) => outcomes[nth] ?? json(200, {})),
      at.time,
      (outcome) => {
        told.push(outcome.ok);
        heard.push(at.time.markAt ?? 0);
      },
    );
    const url = 'https://auth.example';
    for (let nth = 0; nth < outcomes.length; nth += 1) await http.send({ purpose: 'discovery', method: 'GET', url });
    expect(heard).toEqual(told.map(() => Date.parse(date)));
    expect(told).toEqual([true, true, true, false]);
  });

  it.each([html(200, { date: 'Tue, 10 Mar 2036 11:59:00 GMT' }), html(511, { date: 'Tue, 10 Mar 2036 11:59:00 GMT' })])(
    'T6 %#: ignores the Date of a captive portal, and does not count the server as reached',
    async (outcome) => {
      const at = started();
      const heard: Result<null>[] = [];
      const http = observeHttp(new ScriptedHttp(() => outcome), at.time, (said) => heard.push(said));
      expect(await http.send({ purpose: 'discovery', method: 'GET', url: 'https://auth.example/x' })).toEqual(outcome);
      expect(at.time.markAt).toBeNull();
      expect(heard).toEqual([fail('captive_portal', { facts: { host: 'auth.example' } })]);
    },
  );

  it('blames the clock for an expired certificate only if the clock is known to be wrong', async () => {
    const at = started();
    const outcome = noAnswer('certificate_date_invalid', false);
    const http = observeHttp(new ScriptedHttp(() => outcome), at.time, () => {});
    const request = { purpose: 'discovery', method: 'GET', url: 'https://auth.example' } as const;
    expect(await http.send(request)).toMatchObject({ failure: { code: 'certificate_date_invalid' } });
    hearTwice(at.time, at.clock.wallNow() + 3_600_000);
    expect(await http.send(request)).toMatchObject({ failure: { code: 'clock_wrong' }, maybeDelivered: false });
  });

  it('ignores a request that the console itself aborted', async () => {
    const at = started();
    const given = new AbortController();
    let told = 0;
    const http = observeHttp(new ScriptedHttp(() => noAnswer('network_unreachable')), at.time, () => (told += 1));
    given.abort();
    await http.send({ purpose: 'discovery', method: 'GET', url: 'https://auth.example', signal: given.signal });
    expect(told).toBe(0);
  });
});
