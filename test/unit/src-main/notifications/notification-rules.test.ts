import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isQuiet, notificationDay, nextDayAt } from '../../../../src-main/notifications/local-day.ts';
import { keyOf, topicKeyOf } from '../../../../src-main/notifications/notification-causes.ts';
import {
  afterNotified,
  dueNotifications,
  type Muting,
  type Ledger,
  levelOf,
  type DueNotification,
  maxNotificationsPerCause,
} from '../../../../src-main/notifications/notification-rules.ts';
import { type Alert, type AlertCause, alertCauses } from '../../../../src-shared/notifications/alert.ts';
import { said, tries } from '../../../fakes/tries.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** Noon, local time. */
const noon = new Date(2026, 2, 10, 12).getTime();
const licensed = new Set(['p1', 'p2']);
const noMuting: Muting = { quietHours: { on: false, from: '22:00', to: '07:00' }, snoozed: {} };
const atNight: Muting = { quietHours: { on: true, from: '22:00', to: '07:00' }, snoozed: {} };

const alert = (cause: AlertCause, stopsAt?: number): Alert => ({
  profileId: 'p1',
  serverName: 'Store 014',
  cause,
  tone: 'caution',
  ...(stopsAt === undefined ? {} : { stopsAt }),
});

interface Told {
  readonly at: number;
  readonly monotonicMs: number;
  readonly telling: DueNotification;
}

/** People who get every due notification at once. */
class Store {
  ledger: Ledger = {};
  readonly told: Told[] = [];
  monotonicMs = 0;

  look(at: number, alerts: readonly Alert[], muting: Muting = noMuting): readonly string[] {
    const now = { at, monotonicMs: this.monotonicMs };
    const due = dueNotifications(alerts, this.ledger, muting, now, licensed);
    for (const telling of due) {
      this.ledger = afterNotified(this.ledger, telling, now);
      this.told.push({ ...now, telling });
    }
    return due.map((telling) => (telling.kind === 'cause' ? telling.alert.cause : 'back_to_normal'));
  }
}

describe('a notification for one cause', () => {
  const far = alert('renewal_near', noon + 20 * day);

  it('is due once a day', () => {
    const store = new Store();
    expect(store.look(noon, [far])).toEqual(['renewal_near']);
    expect(store.look(noon + minute, [far])).toEqual([]);
    expect(store.look(noon + 11 * hour, [far])).toEqual([]);
    expect(store.look(noon + 13 * hour, [far])).toEqual([]);
    expect(store.look(noon + 18 * hour, [far])).toEqual(['renewal_near']);
    expect(store.look(noon + day, [far])).toEqual([]);
  });

  it('is due again on the same day when it becomes worse: in the last 24 hours, and at the end', () => {
    const store = new Store();
    const near = alert('authorize_again', noon + 25 * hour);
    expect(store.look(noon, [near])).toEqual(['authorize_again']);
    expect(store.look(noon + hour, [near])).toEqual(['authorize_again']);
    expect(store.look(noon + 2 * hour, [near])).toEqual([]);
    expect(store.look(noon + 19 * hour, [near])).toEqual(['authorize_again']);
    expect(store.look(noon + 25 * hour, [near])).toEqual(['authorize_again']);
    expect(store.look(noon + 26 * hour, [near])).toEqual([]);
  });
});

describe('the notification that all is back to normal', () => {
  const soon = alert('token_expires_soon', noon + 3 * day);

  it('is due once after a notification of a problem, and never without one', () => {
    const store = new Store();
    expect(store.look(noon, [])).toEqual([]);
    store.look(noon, [soon]);
    expect(store.look(noon + minute, [])).toEqual(['back_to_normal']);
    expect(store.look(noon + 2 * minute, [])).toEqual([]);
  });

  it('is not due while another cause of the same topic took its place', () => {
    const store = new Store();
    store.look(noon, [soon]);
    expect(store.look(noon + minute, [alert('token_expired', noon)])).toEqual(['token_expired']);
    expect(store.look(noon + 2 * minute, [])).toEqual(['back_to_normal']);
  });

  it('is not due for a server whose license was removed', () => {
    const store = new Store();
    store.look(noon, [soon]);
    expect(dueNotifications([], store.ledger, noMuting, { at: noon, monotonicMs: 0 }, new Set())).toEqual([]);
  });

  it('is not repeated on a day when an urgent problem comes back, so that the warning comes last', () => {
    const store = new Store();
    const urgent = alert('token_expires_soon', noon + 3 * hour);
    store.look(noon, [urgent]);
    expect(store.look(noon + minute, [])).toEqual(['back_to_normal']);
    expect(store.look(noon + 2 * minute, [urgent])).toEqual(['token_expires_soon']);
    expect(store.look(noon + 3 * minute, [])).toEqual([]);
    expect(store.look(noon + 4 * minute, [urgent])).toEqual([]);
    expect(store.look(noon + day, [])).toEqual(['back_to_normal']);
  });

  it('delays a problem that comes back and can wait to the next day', () => {
    const store = new Store();
    store.look(noon, [soon]);
    store.look(noon + minute, []);
    expect(store.look(noon + 2 * minute, [soon])).toEqual([]);
    expect(store.look(noon + 18 * hour, [soon])).toEqual(['token_expires_soon']);
  });
});

describe('quiet hours and snooze', () => {
  const night = new Date(2026, 2, 10, 23).getTime();
  const morning = new Date(2026, 2, 11, 7).getTime();

  it('hold back what can wait until they are over', () => {
    const store = new Store();
    const far = alert('renewal_near', noon + 20 * day);
    expect(store.look(night, [far], atNight)).toEqual([]);
    expect(store.look(morning - minute, [far], atNight)).toEqual([]);
    expect(store.look(morning, [far], atNight)).toEqual(['renewal_near']);
  });

  it('hold back nothing in the last 24 hours or after the end', () => {
    expect(new Store().look(night, [alert('token_expires_soon', night + day - 1)], atNight)).toHaveLength(1);
    expect(new Store().look(night, [alert('token_expired', night - 5 * day)], atNight)).toHaveLength(1);
    const snoozed = { ...noMuting, snoozed: { 'p1/token_expires_soon': notificationDay(night) } };
    expect(new Store().look(night, [alert('token_expires_soon', night + 2 * day)], snoozed)).toEqual([]);
    expect(new Store().look(night, [alert('token_expires_soon', night + day)], snoozed)).toHaveLength(1);
  });

  it('end for a snooze on the next day', () => {
    const far = alert('renewal_near', noon + 20 * day);
    const snoozed = { ...noMuting, snoozed: { [keyOf(far)]: notificationDay(noon) } };
    expect(new Store().look(noon + 11 * hour, [far], snoozed)).toEqual([]);
    expect(new Store().look(nextDayAt(noon), [far], snoozed)).toEqual(['renewal_near']);
  });

  it('may pass midnight, be within a day, or be empty', () => {
    const quiet = (from: string, to: string, hours: number, minutes = 0) =>
      isQuiet({ on: true, from, to }, new Date(2026, 2, 10, hours, minutes).getTime());
    expect([21, 22, 23, 0, 6, 7].map((hours) => quiet('22:00', '07:00', hours))).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect([12, 13, 14].map((hours) => quiet('13:00', '14:00', hours))).toEqual([false, true, false]);
    expect(quiet('13:00', '13:00', 13)).toBe(false);
    expect(quiet('22:30', '07:15', 7, 14)).toBe(true);
    expect(isQuiet({ on: false, from: '00:00', to: '23:59' }, noon)).toBe(false);
  });
});

/** The causes at one moment, with an end before or after it. */
const looks = fc.array(
  fc.record({
    afterMs: fc.integer({ min: minute, max: 5 * hour }),
    causes: fc.uniqueArray(fc.constantFrom(...alertCauses), { maxLength: 4 }),
    stopsInMs: fc.integer({ min: -2 * day, max: 4 * day }),
  }),
  { minLength: 1, maxLength: 80 },
);
const hushes = fc.constantFrom(noMuting, atNight, {
  quietHours: { on: true, from: '00:00', to: '23:59' },
  snoozed: {},
});

/** The notifications of each cause on each day. */
function byDay(told: readonly Told[]): readonly (readonly Told[])[] {
  const groups = new Map<string, Told[]>();
  for (const entry of told) {
    const key = `${notificationDay(entry.at)} ${entry.telling.key}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()];
}

describe('random histories of causes', () => {
  it(`repeat no cause on a day unless it became worse, or once if it is urgent: ${said(1_000)} histories`, () => {
    fc.assert(
      fc.property(looks, hushes, (sequence, muting) => {
        const store = new Store();
        let at = noon;
        for (const { afterMs, causes, stopsInMs } of sequence) {
          at += afterMs;
          store.monotonicMs += afterMs;
          const found = causes.map((cause) => alert(cause, cause === 'clock_wrong' ? undefined : at + stopsInMs));
          store.look(at, found, muting);
        }
        const causes = store.told.filter(({ telling }) => telling.kind === 'cause');
        for (const tellings of byDay(causes)) {
          const levels = tellings.map(({ at: toldAt, telling }) => levelOf(telling.alert, toldAt));
          const repeated = levels.filter((level, index) => index > 0 && level <= Math.max(...levels.slice(0, index)));
          expect(repeated.length).toBeLessThanOrEqual(1);
          expect(repeated).not.toContain(1);
          expect(tellings.length).toBeLessThanOrEqual(4);
        }
        const backs = store.told.filter(({ telling }) => telling.kind === 'back_to_normal');
        expect(backs.length).toBeLessThanOrEqual(causes.length);
      }),
      { numRuns: tries(1_000) },
    );
  });

  it(`are never silent in the last 24 hours, in spite of snooze and quiet hours: ${said(1_000)} histories`, () => {
    const steps = fc.array(fc.integer({ min: minute, max: 3 * hour }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(
        steps,
        fc.constantFrom(...alertCauses.filter((cause) => cause !== 'clock_wrong')),
        fc.integer({ min: -day, max: 2 * day }),
        (stepsMs, cause, stopsInMs) => {
          const store = new Store();
          const found = alert(cause, noon + stopsInMs);
          let at = noon;
          for (const stepMs of stepsMs) {
            at += stepMs;
            store.monotonicMs += stepMs;
            const snoozed = { [keyOf(found)]: notificationDay(at) };
            store.look(at, [found], { quietHours: { on: true, from: '00:00', to: '23:59' }, snoozed });
            const level = levelOf(found, at);
            const isTold = store.told.some(
              ({ at: toldAt, telling }) =>
                notificationDay(toldAt) === notificationDay(at) && levelOf(telling.alert, toldAt) === level,
            );
            expect(isTold).toBe(level > 1);
          }
        },
      ),
      { numRuns: tries(1_000) },
    );
  });

  it(`cause no storm under a jumping clock, and the next day still has its notification: ${said(500)} histories`, () => {
    const jumps = fc.array(fc.integer({ min: -4_000, max: 4_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(jumps, (days) => {
        const store = new Store();
        for (const jump of days) {
          store.monotonicMs += minute;
          const at = noon + jump * day + store.monotonicMs;
          store.look(at, [alert('token_expired', noon - day)]);
          store.look(at + 1, []);
        }
        const ofOne = store.told.filter(({ telling }) => topicKeyOf(telling.alert) === 'p1/token');
        expect(ofOne.length).toBeLessThanOrEqual(maxNotificationsPerCause);
        store.monotonicMs += 25 * hour;
        const again = new Date(2040, 5, 1, 12).getTime();
        expect(store.look(again, [alert('token_expired', noon - day)])).toEqual(['token_expired']);
      }),
      { numRuns: tries(500) },
    );
  });

  it('cause one notification a day under a clock that alternates between two days', () => {
    const store = new Store();
    const far = alert('keychain_trouble');
    for (let turn = 0; turn < 50; turn += 1) {
      store.monotonicMs += minute;
      store.look(noon + (turn % 2) * 365 * day + turn * minute, [far]);
    }
    expect(store.told).toHaveLength(2);
  });
});
