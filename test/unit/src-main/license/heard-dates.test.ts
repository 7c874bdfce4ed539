import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverDateOf } from '../../../../src-main/authorization/server-date.ts';
import { clockToleranceMs } from '../../../../src-main/time/clock-check.ts';
import { askForTime } from '../../../../src-main/authorization/time-question.ts';
import { observeHttp, TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { json, noAnswer, ScriptedHttp } from '../../../fakes/scripted-http.ts';
import { said, tries } from '../../../fakes/tries.ts';
import { settled } from '../../../fakes/until.ts';

const hour = 3_600_000;
const day = 24 * hour;
const year = 365 * day;

describe('the Date and Age headers of a response', () => {
  const date = 'Tue, 10 Mar 2026 12:00:00 GMT';
  const at = Date.parse(date);
  it.each([
    [{ date }, { at }],
    [
      { date, age: '0' },
      { at, ageMs: 0 },
    ],
    [
      { date, age: '86400' },
      { at, ageMs: day },
    ],
    [
      { date, age: String(31 * 86_400) },
      { at, ageMs: 31 * day },
    ],
    [{ date, age: String(31 * 86_400 + 1) }, undefined],
    [{ date, age: '999999999999' }, undefined],
    [{ date, age: '-5' }, undefined],
    [{ date, age: '5, 5' }, undefined],
    [{ date, age: '' }, undefined],
    [{}, undefined],
    [{ date: 'soon' }, undefined],
    [{ date: '2026' }, undefined],
    [{ date: '2026-03-10T12:00:00Z' }, undefined],
    [{ date: `${date}, ${date}` }, undefined],
    [{ date: 'Tue, 99 Mar 2026 12:00:00 GMT' }, undefined],
    [{ date: 'Tue, 31 Dec 2019 23:59:59 GMT' }, undefined],
    [{ date: 'Wed, 01 Jan 2020 00:00:00 GMT' }, { at: Date.UTC(2020, 0, 1) }],
    [{ date: 'Thu, 31 Dec 2099 23:59:59 GMT' }, { at: Date.UTC(2100, 0, 1) - 1000 }],
    [{ date: 'Fri, 01 Jan 2100 00:00:00 GMT' }, undefined],
  ])('%j are read as %j', (headers, heard) => {
    expect(serverDateOf(headers as Record<string, string>)).toEqual(heard);
  });
});

interface Heard {
  readonly offMs: number;
  readonly ageMs?: number;
  readonly isPost: boolean;
}

/** A server that can be asked, and what is between it and the console. */
function started(reachable: () => boolean = () => true, wallErrorMs = 0) {
  const clock = new FakeClock();
  clock.wallErrorMs = wallErrorMs;
  const time = new TrustedTime(clock);
  let asked = 0;
  time.addSource('server', {
    endpoint: 'https://auth.example/token',
    answers: true,
    ask: async () => {
      asked += 1;
      await Promise.resolve();
      if (reachable()) time.observe({ at: clock.realAt, isPost: true });
      return reachable();
    },
  });
  const hear = ({ offMs, ...rest }: Heard) => time.observe({ at: clock.realAt + offMs, ...rest });
  return { clock, time, hear, asked: () => asked };
}

const good = (offMs = 0): Heard => ({ offMs, isPost: true });
const right = { state: 'right' };

describe('a response that a cache may have held', () => {
  it.each([
    ['GET, a current Date with an Age of a day', { offMs: 0, ageMs: day, isPost: false }],
    ['POST, a current Date with an Age of a day', { offMs: 0, ageMs: day, isPost: true }],
    ['GET, a Date of a day ago with an Age of a day', { offMs: -day, ageMs: day, isPost: false }],
    ['GET, a Date of an hour ago with an Age of a day', { offMs: -hour, ageMs: day, isPost: false }],
  ])(
    '%s: it leaves a right clock right and moves the mark of trusted time no further than its Date',
    (_name, heard) => {
      const { clock, time, hear, asked } = started();
      hear(heard);
      expect(time.evaluate()).toEqual({ clock: right, judgedAt: clock.realAt });
      expect(time.markAt).toBe(clock.realAt + heard.offMs);
      expect(asked()).toBe(0);
    },
  );

  it.each([-day, day, -3 * year, 10 * year])(
    'whose Date is %d ms off and that has no Age makes the console ask the server, and moves nothing',
    async (offMs) => {
      const { clock, time, hear, asked } = started();
      hear({ offMs, isPost: false });
      expect(time.evaluate()).toMatchObject({ clock: { state: 'right', doubt: {} }, judgedAt: clock.realAt });
      await time.settle();
      expect(asked()).toBe(1);
      expect(time.evaluate()).toEqual({ clock: right, judgedAt: clock.realAt });
      // The console does not ask again about something it knows.
      hear({ offMs: -day, isPost: false });
      await time.settle();
      expect(asked()).toBe(1);
    },
  );

  it('never moves the mark back, so that a clock that was set back extends nothing', () => {
    const { clock, time, hear } = started(() => false);
    hear(good());
    clock.wallErrorMs = -year;
    for (const isPost of [false, true]) hear({ offMs: -year, ageMs: 0, isPost });
    hear({ offMs: -year, isPost: false });
    expect(time.evaluate().judgedAt).toBe(clock.realAt);
  });
});

describe('a response to a POST', () => {
  it('moves the mark back if the clock of the computer agrees with it', () => {
    const { clock, time, hear } = started();
    time.restore(clock.realAt + year);
    hear(good());
    expect(time.evaluate()).toEqual({ clock: right, judgedAt: clock.realAt });
    expect(time.markAt).toBe(clock.realAt);
  });

  it.each([-year, -day, day, 30 * year])(
    'moves nothing if it is %d ms off and nothing agrees with it',
    async (offMs) => {
      const { clock, time, hear } = started();
      hear(good());
      hear(good(offMs));
      expect(time.markAt).toBe(clock.realAt);
      await time.settle();
      expect(time.evaluate()).toEqual({ clock: right, judgedAt: clock.realAt });
    },
  );

  it.each([-year, -day, day, 30 * year])(
    'shows together with another response that a clock that is %d ms off is wrong',
    async (wallErrorMs) => {
      const { clock, time, hear } = started(undefined, wallErrorMs);
      let moved = 0;
      time.onMoved = () => (moved += 1);
      hear({ offMs: 0, isPost: false });
      expect(time.evaluate().clock).toHaveProperty('doubt');
      await time.settle();
      expect(time.evaluate()).toMatchObject({ clock: { state: 'wrong' }, judgedAt: clock.realAt });
      expect(moved).toBeGreaterThan(0);
    },
  );
});

describe('a computer that was paused, so that wall time moved on and monotonic time did not', () => {
  it.each([false, true])(
    'asks the server before it calls the clock wrong (had a date before: %s)',
    async (heardBefore) => {
      const { clock, time, hear, asked } = started();
      if (heardBefore) hear(good());
      clock.sleep(8 * hour);
      expect(time.evaluate().clock).toHaveProperty('doubt');
      time.look();
      await time.settle();
      expect(asked()).toBe(1);
      expect(time.evaluate()).toEqual({ clock: right, judgedAt: clock.realAt });
    },
  );

  it('stays in doubt while it is offline, asks once, and is settled by the first response', async () => {
    let online = false;
    const { clock, time, hear, asked } = started(() => online);
    clock.sleep(8 * hour);
    for (let minute = 0; minute < 3; minute += 1) {
      time.look();
      await time.settle();
      clock.advance(60_000);
    }
    expect(asked()).toBe(1);
    expect(time.evaluate().clock).toHaveProperty('doubt');
    online = true;
    hear({ offMs: 0, isPost: false });
    expect(time.evaluate()).toEqual({ clock: right, judgedAt: clock.realAt });
  });

  it('calls a clock wrong that was set ahead while it ran, once two responses agree on that', async () => {
    const { clock, time, hear } = started();
    hear(good());
    clock.wallErrorMs = 8 * hour;
    time.look();
    await time.settle();
    expect(time.evaluate()).toMatchObject({ clock: { state: 'wrong' }, judgedAt: clock.realAt });
  });

  it('does not call the clock wrong because of a cached response from before the pause', () => {
    const { clock, time, hear } = started(() => false);
    hear(good());
    clock.sleep(8 * hour);
    hear({ offMs: -8 * hour, isPost: false });
    expect(time.evaluate().clock.state).toBe('right');
  });
});

describe('the request that asks a server for the time', () => {
  it('goes to the token endpoint without a code or a token, and a refresh still works after it', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    const before = console.server.openGrants.length;
    console.clock.sleep(8 * hour);
    await console.trustedTime.settle();
    await settled();
    const [question] = console.server.requests.filter(({ endpoint }) => endpoint === 'time');
    expect([...(question?.form.keys() ?? [])]).toEqual(['grant_type', 'client_id']);
    expect(console.trustedTime.evaluate().clock).toEqual(right);
    expect(console.server.openGrants).toHaveLength(before);
    expect(console.canRefresh).toBe(true);
    expect(await console.services.refresh.refreshNow()).toMatchObject({ ok: true });
  });

  it('is not needed to get a license if a cache holds metadata and keys', async () => {
    const console = await ConsoleAtWork.create();
    console.server.fault = (endpoint) =>
      endpoint === 'metadata' || endpoint === 'keys' ? { dated: { ageMs: day } } : undefined;
    await console.acquire();
    expect(console.trustedTime.evaluate().clock).toEqual(right);
    await console.restart(hour);
    await console.services.license.contactServer();
    expect(console.trustedTime.evaluate()).toEqual({ clock: right, judgedAt: console.clock.realAt });
  });

  it('leaves the clock right and in doubt if it gets no answer, and a later response settles the doubt', async () => {
    const clock = new FakeClock();
    const time = new TrustedTime(clock);
    const http = observeHttp(new ScriptedHttp(() => noAnswer('network_unreachable')), time, () => {});
    time.addSource('one', {
      endpoint: 'https://one.example/token',
      answers: true,
      ask: () => Promise.reject(new Error('no')),
    });
    time.addSource('two', {
      endpoint: 'https://auth.example/token',
      answers: true,
      ask: () => askForTime(http, 'https://auth.example/token', 'console'),
    });
    time.observe({ at: clock.realAt + year, isPost: true });
    await time.settle();
    expect(time.evaluate()).toMatchObject({ clock: { state: 'right', doubt: {} }, judgedAt: clock.realAt });
    const good = observeHttp(
      new ScriptedHttp(() => json(400, {}, { date: new Date(clock.realAt).toUTCString() })),
      time,
      () => {},
    );
    await good.send({ purpose: 'discovery', method: 'POST', url: 'https://auth.example/token' });
    expect(time.evaluate().clock).toEqual(right);
  });
});

describe('random responses', () => {
  const offs = fc.oneof(
    fc.constantFrom(0, -hour, hour, day, -day, 8 * hour, year, -year, 30 * year),
    fc.integer({ min: -40 * year, max: 40 * year }),
  );
  const answers = fc.record(
    {
      offMs: offs,
      ageMs: fc.oneof(fc.constantFrom(0, hour, day), fc.integer({ min: 0, max: 31 * day })),
      isPost: fc.boolean(),
      passedMs: fc.integer({ min: 0, max: 2 * day }),
    },
    { requiredKeys: ['offMs', 'isPost', 'passedMs'] },
  );

  it(`never move the mark past the latest Date or verified iat, apart from the time that has passed: ${said(2_000)} histories`, () => {
    fc.assert(
      fc.property(
        fc.array(answers, { maxLength: 20 }),
        fc.constantFrom(0, -day, day, 10 * year),
        fc.integer({ min: 0, max: 30 }),
        (history, wallErrorMs, restartAt) => {
          const clock = new FakeClock();
          clock.wallErrorMs = wallErrorMs;
          let time = new TrustedTime(clock);
          time.observeIssuedAt(clock.realAt - day);
          let greatestAt = clock.realAt - day;
          for (const [nth, { offMs, passedMs, ...rest }] of history.entries()) {
            clock.advance(passedMs);
            greatestAt += passedMs;
            if (nth === restartAt) {
              const { markAt } = time;
              clock.restart();
              time = new TrustedTime(clock);
              if (markAt !== null) time.restore(markAt);
            }
            const at = clock.realAt + offMs;
            greatestAt = Math.max(greatestAt, at);
            time.observe({ at, ...rest });
            const { markAt } = time;
            expect(markAt).toBeLessThanOrEqual(greatestAt);
            // The time of the evaluation is this computer's clock or the mark, and never later than both.
            const { judgedAt } = time.evaluate();
            expect(judgedAt).toBeLessThanOrEqual(Math.max(clock.wallNow(), markAt ?? 0));
          }
        },
      ),
      { numRuns: tries(2_000) },
    );
  });

  it(`change nothing on a right clock if one of them is implausible, and the next good one settles it: ${said(2_000)} histories`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answers, { maxLength: 10 }), answers, fc.boolean(), async (history, last, online) => {
        const { clock, time, hear } = started(() => online);
        hear(good());
        for (const { passedMs } of history) {
          clock.advance(passedMs);
          hear({ offMs: 0, isPost: passedMs % 2 === 0 });
        }
        clock.advance(last.passedMs);
        const { passedMs: _, ...odd } = last;
        hear(odd);
        expect(Math.abs(time.evaluate().judgedAt - clock.realAt)).toBeLessThanOrEqual(clockToleranceMs);
        expect(time.evaluate().clock.state).toBe('right');
        hear(good());
        expect(time.evaluate()).toEqual({ clock: right, judgedAt: clock.realAt });
      }),
      { numRuns: tries(2_000) },
    );
  });

  it(`never move the mark back unless one is to a POST and has no Age: ${said(2_000)} histories`, () => {
    fc.assert(
      fc.property(
        fc.array(answers, { maxLength: 20 }),
        fc.integer({ min: -2 * year, max: year }),
        (history, errorMs) => {
          const clock = new FakeClock();
          const time = new TrustedTime(clock);
          time.observe({ at: clock.realAt, isPost: true });
          clock.wallErrorMs = errorMs;
          for (const { offMs, ageMs, passedMs } of history) {
            clock.advance(passedMs);
            const before = time.markAt ?? 0;
            for (const isPost of ageMs === undefined ? [false] : [false, true])
              time.observe({ at: clock.realAt + offMs, ...(ageMs === undefined ? {} : { ageMs }), isPost });
            expect(time.markAt ?? 0).toBeGreaterThanOrEqual(before);
            expect(time.evaluate().judgedAt).toBeGreaterThanOrEqual(clock.realAt - clockToleranceMs);
          }
        },
      ),
      { numRuns: tries(2_000) },
    );
  });
});
