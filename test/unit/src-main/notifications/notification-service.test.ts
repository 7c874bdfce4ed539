import { beforeEach, describe, expect, test } from 'vitest';
import { type AlertStanding, lossAlert } from '../../../../src-main/notifications/notification-causes.ts';
import { NotificationService } from '../../../../src-main/notifications/notification-service.ts';
import type { AdministratorNoticeState, Alert, AlertAction } from '../../../../src-shared/notifications/alert.ts';
import { fail, failure } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { ListedAdministrator, ListedNotifier } from '../../../fakes/listed-notifier.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { apiTrouble, standing } from '../../../fakes/standing.ts';
import { settled, until } from '../../../fakes/until.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = new Date(2026, 2, 10, 12).getTime();
const soonTitle = 'Store 014: Connect this server to the internet';
const backTitle = 'Store 014: Back to normal';

let clock: FakeClock;
let timer: HandTimer;
let files: Map<string, string>;
let notifier: ListedNotifier;
let administrator: ListedAdministrator;
let standings: readonly AlertStanding[];
let ofComputer: readonly Alert[];
let quietHours: { on: boolean; from: string; to: string };
let activated: [string, AlertAction][];
let notices: AdministratorNoticeState[];
let notifications: NotificationService;

function start(): NotificationService {
  timer?.forget();
  timer = new HandTimer(clock);
  const started = new NotificationService({
    standings: () => standings,
    ofComputer: () => ofComputer,
    quietHours: () => quietHours,
    notifier,
    administrator,
    documents: new MemoryDocuments(files),
    clock,
    timer,
    trustedTime: { evaluate: () => ({ clock: { state: 'right' }, judgedAt: clock.realAt }) },
    onAdministratorNotice: (notice) => notices.push(notice),
    onChanged: () => {},
  });
  started.onActivate = (profileId, action) => activated.push([profileId, action]);
  return started;
}

/** In the last third of the token's life, with more than a day left. */
const soon = (changes: Parameters<typeof standing>[1] = {}) =>
  standing(clock.realAt, { details: { tokenIssuedAt: noon - 8 * day, tokenExpiresAt: noon + 3 * day }, ...changes });
const fine = () => standing(clock.realAt);

async function look(found: readonly AlertStanding[]): Promise<void> {
  standings = found;
  notifications.evaluate();
  await settled();
}

beforeEach(() => {
  clock = new FakeClock(noon);
  files = new Map();
  notifier = new ListedNotifier();
  administrator = new ListedAdministrator();
  standings = [];
  ofComputer = [];
  quietHours = { on: false, from: '22:00', to: '07:00' };
  activated = [];
  notices = [];
  notifications = start();
});

describe('a notification of the operating system', () => {
  test('is not shown before the start is complete, and then once', async () => {
    await look([soon()]);
    expect(notifier.titles).toEqual([]);
    notifications.begin();
    await settled();
    await look([soon()]);
    await timer.advance(3 * minute);
    expect(notifier.titles).toEqual([soonTitle]);
    expect(notifier.shown[0]).toMatchObject({ actionLabel: 'Check License Now', urgent: false });
  });

  test('is not shown for a corrected clock while the time is in doubt', async () => {
    const wrong = { clock: { state: 'wrong', localAt: noon - 400 * day, trustedAt: noon } } as const;
    const inDoubt = { clock: { state: 'right', doubt: { localAt: noon - 400 * day, trustedAt: noon } } } as const;
    notifications.begin();
    await look([standing(clock.realAt, wrong)]);
    await look([standing(clock.realAt, inDoubt)]);
    await look([standing(clock.realAt, wrong)]);
    expect(notifier.titles).toEqual(["This computer's clock is wrong"]);
    await look([fine()]);
    expect(notifier.titles).toEqual(["This computer's clock is wrong", backTitle]);
  });

  test('is shown for each server whose license ends by a clock that no server confirms, in quiet hours too', async () => {
    const inDoubt = { localAt: noon + 8.5 * day, trustedAt: noon, unanswered: true } as const;
    const byClock = (nth: number) =>
      standing(noon, { profileId: `p${nth}`, serverName: `Store ${nth}`, clock: { state: 'right', doubt: inDoubt } });
    quietHours = { on: true, from: '00:00', to: '23:59' };
    notifications.begin();
    await look([byClock(1)]);
    await look([byClock(1), byClock(2)]);
    expect(notifier.titles).toEqual([1, 2].map((nth) => `Store ${nth}: Connect this server to the internet`));
    quietHours = { ...quietHours, on: false };
    // The clock was wrong. Only once it is right, the license is back to normal.
    const wrong = { state: 'wrong', localAt: noon + 8.5 * day, trustedAt: noon } as const;
    await look([1, 2].map((nth) => ({ ...byClock(nth), clock: wrong })));
    expect(notifier.titles.slice(2)).toEqual(["This computer's clock is wrong"]);
    await look([1, 2].map((nth) => ({ ...byClock(nth), clock: { state: 'right' } as const })));
    expect(notifier.shown.slice(3).map(({ title, body }) => [title, body])).toEqual(
      expect.arrayContaining([1, 2].map((nth) => [`Store ${nth}: Back to normal`, 'The time is confirmed.'])),
    );
  });

  test('says that a server is back to normal only once what had ended by an unconfirmed clock is over', async () => {
    const ended = { details: { tokenIssuedAt: noon - 8 * day, tokenExpiresAt: noon + day / 2 } };
    const doubt = { localAt: noon + day, trustedAt: noon, unanswered: true } as const;
    notifications.begin();
    await look([standing(noon, { ...ended, clock: { state: 'right', doubt } })]);
    clock.advance(day);
    await look([standing(clock.realAt, ended)]);
    expect(notifier.titles.at(-1)).toBe('Store 014: License token expired');
    expect(notifier.titles).not.toContain(backTitle);
    await look([fine()]);
    expect(notifier.shown.slice(-2).map(({ title, body }) => [title, body])).toEqual(
      expect.arrayContaining([
        [backTitle, 'The time is confirmed.'],
        [backTitle, 'The license was refreshed. You can keep selling.'],
      ]),
    );
  });

  test('is tried again a minute later if showing it throws', async () => {
    const show = notifier.show.bind(notifier);
    notifier.show = () => Promise.reject(new Error('the system broke'));
    notifications.begin();
    await look([soon()]);
    notifier.show = show;
    await timer.advance(minute);
    await settled();
    expect(notifier.titles).toEqual([soonTitle]);
  });

  test('is not shown for a problem that the refresh after waking up solves', async () => {
    notifications.begin();
    await look([soon({ refresh: { refreshing: false, nextRefreshAt: clock.realAt - hour } })]);
    await look([soon({ refresh: { refreshing: true } })]);
    await look([fine()]);
    await timer.advance(10 * minute);
    expect(notifier.titles).toEqual([]);
  });

  test.each([
    ['that never ends', { refreshing: true }],
    ['that never comes', { refreshing: false, nextRefreshAt: noon - hour }],
  ])('is delayed for minutes only by a refresh %s', async (_what, refresh) => {
    notifications.begin();
    await look([soon({ refresh })]);
    expect(notifier.titles).toEqual([]);
    await timer.advance(5 * minute);
    expect(notifier.titles).toEqual([soonTitle]);
  });

  test('is shown within a minute for a change without an event', async () => {
    notifications.begin();
    standings = [soon()];
    await timer.advance(minute);
    expect(notifier.titles).toEqual([soonTitle]);
  });

  test('is not shown again after a restart, and back to normal is', async () => {
    notifications.begin();
    await look([soon()]);
    notifications = start();
    notifications.begin();
    await look([soon()]);
    expect(notifier.titles).toEqual([soonTitle]);
    await look([fine()]);
    await look([fine()]);
    expect(notifier.titles).toEqual([soonTitle, backTitle]);
  });

  test('waits for a running refresh, which may solve the problem', async () => {
    notifications.begin();
    await look([soon({ refresh: { refreshing: true } })]);
    expect(notifier.titles).toEqual([]);
    await look([fine()]);
    expect(notifier.titles).toEqual([]);
    await look([soon({ refresh: { refreshing: false, lastFailure: failure('network_unreachable') } })]);
    expect(notifier.titles).toEqual([soonTitle]);
  });

  test('is tried again at the next minute if it was not shown, and the settings show that', async () => {
    notifier.works = false;
    notifications.begin();
    await look([soon()]);
    expect(notifications.settings().canBeShown).toBe(false);
    notifier.works = true;
    await look([soon()]);
    expect(notifier.titles).toEqual([]);
    await timer.advance(minute);
    expect(notifier.titles).toEqual([soonTitle]);
    expect(notifications.settings().canBeShown).toBe(true);
  });

  test('reports the server and the action when a person clicks it', async () => {
    notifications.begin();
    await look([soon(), soon({ profileId: 'p2', keychain: failure('secret_store_locked') })]);
    for (const shown of notifier.shown) notifier.click(shown);
    expect(activated).toEqual([
      ['p1', 'check_license'],
      ['p2', 'unlock_keychain'],
      ['p2', 'check_license'],
    ]);
  });

  test.each([
    [3, ['Store 1', 'Store 2', 'Store 3'].map((name) => `${name}: Connect this server to the internet`)],
    [12, ['12 servers: Connect them to the internet']],
    [500, ['500 servers: Connect them to the internet']],
  ])('is one for many servers that need the same: %i', async (count, titles) => {
    notifications.begin();
    const all = Array.from({ length: count }, (_, nth) =>
      soon({ profileId: `p${nth}`, serverName: `Store ${nth + 1}` }),
    );
    await look(all);
    await look(all);
    await timer.advance(5 * minute);
    expect(notifier.titles).toEqual(titles);
    await look(all.map(({ profileId, serverName }) => ({ ...fine(), profileId, serverName })));
    expect(notifier.titles.slice(titles.length)).toEqual(
      count > 3
        ? [`${count} servers: Back to normal`]
        : titles.map((title) => title.replace(/:.*/, ': Back to normal')),
    );
  });

  test('about many servers names some, says until when all can sell, and opens All servers', async () => {
    notifications.begin();
    const left = [2 * day, 40 * hour, 3 * day, 2.5 * day, 2.2 * day];
    await look(
      left.map((ms, nth) =>
        soon({
          profileId: `p${nth}`,
          serverName: `Store ${nth}`,
          details: { tokenIssuedAt: noon - 8 * day, tokenExpiresAt: noon + ms },
        }),
      ),
    );
    expect(notifier.shown).toHaveLength(1);
    expect(notifier.shown[0]?.body).toMatch(
      /^Store 1, Store 0, Store 4 and 2 more\. You can keep selling with these servers until .*40 h left\)\.$/,
    );
    notifier.click(notifier.shown[0]);
    expect(activated).toEqual([['p1', 'show_servers']]);
  });

  test('about many servers does not hide that one of them becomes worse', async () => {
    notifications.begin();
    const all = [1, 2, 3, 4].map((nth) => soon({ profileId: `p${nth}`, serverName: `Store ${nth}` }));
    await look(all);
    await look([
      ...all.slice(1),
      standing(clock.realAt, { serverName: 'Store 1', details: { tokenExpiresAt: clock.realAt - 1 } }),
    ]);
    expect(notifier.titles).toEqual(['4 servers: Connect them to the internet', 'Store 1: License token expired']);
  });

  describe('about many servers closes no other one that is still true', () => {
    const named = (nths: readonly number[], changes: Parameters<typeof standing>[1]) =>
      nths.map((nth) => standing(clock.realAt, { profileId: `p${nth}`, serverName: `Store ${nth}`, ...changes }));
    const expired = (...nths: number[]) => named(nths, { details: { tokenExpiresAt: clock.realAt - 1 } });
    const ending = (...nths: number[]) =>
      named(nths, { details: { tokenIssuedAt: noon - 8 * day, tokenExpiresAt: noon + 3 * day } });
    const well = (...nths: number[]) => named(nths, {});
    const expiredTitle = '4 servers: License tokens have expired';
    const endingTitle = '4 servers: Connect them to the internet';
    const backOfFour = '4 servers: Back to normal';

    beforeEach(() => notifications.begin());

    test('of another need, or of others that are back to normal', async () => {
      await look([...expired(1, 2, 3, 4), ...ending(5, 6, 7, 8)]);
      expect(notifier.openTitles).toEqual([expiredTitle, endingTitle]);
      await look([...expired(1, 2, 3, 4), ...well(5, 6, 7, 8)]);
      expect(notifier.openTitles).toEqual([expiredTitle, backOfFour]);
      for (const shown of notifier.shown) notifier.click(shown);
      expect(activated).toEqual([
        ['p1', 'show_servers'],
        ['p5', 'show_servers'],
      ]);
    });

    test('of others with the same need', async () => {
      await look(expired(1, 2, 3, 4));
      await look([...expired(1, 2, 3, 4), ...expired(5, 6, 7, 8)]);
      expect(notifier.openTitles).toEqual([expiredTitle, expiredTitle]);
    });

    test('and is closed by newer ones about the same servers', async () => {
      await look(ending(1, 2, 3, 4));
      await look(expired(1, 2, 3, 4));
      expect(notifier.openTitles).toEqual([expiredTitle]);
      clock.advance(day);
      await look(expired(1, 2, 3, 4, 5));
      expect(notifier.openTitles).toEqual(['5 servers: License tokens have expired']);
    });

    test('and is closed when the last of them is back to normal or gone', async () => {
      await look(expired(1, 2, 3, 4));
      await look([...well(1), ...expired(2, 3, 4)]);
      await look([...well(1, 2), ...expired(3, 4)]);
      await look([...well(1, 2, 3), ...expired(4)]);
      expect(notifier.openTitles[0]).toBe(expiredTitle);
      await look(well(1, 2, 3));
      expect(notifier.openTitles).toEqual(['Store 1', 'Store 2', 'Store 3'].map((name) => `${name}: Back to normal`));
    });

    test('and is closed if the system reported that it was not shown, since the next minute has a new one', async () => {
      const show = notifier.show.bind(notifier);
      notifier.show = async (shown) => {
        await show(shown);
        return fail('notification_not_shown');
      };
      await look(ending(1, 2, 3, 4));
      await timer.advance(3 * minute);
      expect(notifier.shown.length).toBeGreaterThan(2);
      expect(notifier.openTitles).toEqual([]);
    });

    test('and is not replaced by one that the system did not show', async () => {
      await look(ending(1, 2, 3, 4));
      notifier.works = false;
      await look(expired(1, 2, 3, 4));
      expect(notifier.openTitles).toEqual([endingTitle]);
    });
  });

  test('can be clicked before the system has reported that it is shown', async () => {
    const show = notifier.show.bind(notifier);
    notifier.show = (shown) => {
      void show(shown);
      return new Promise(() => {});
    };
    notifications.begin();
    await look([soon()]);
    notifier.click(notifier.shown[0]);
    expect(activated).toEqual([['p1', 'check_license']]);
  });

  test('of a server that is gone is closed', async () => {
    notifications.begin();
    await look([soon()]);
    expect(notifier.openTitles).toEqual([soonTitle]);
    await look([]);
    expect(notifier.openTitles).toEqual([]);
  });

  test('has the id of the one that it replaces, so that the system shows one', async () => {
    notifications.begin();
    await look([soon()]);
    await look([standing(clock.realAt, { details: { tokenExpiresAt: clock.realAt - 1 } })]);
    await look([fine()]);
    expect(new Set(notifier.shown.map(({ id }) => id)).size).toBe(1);
    expect(notifier.shown).toHaveLength(3);
  });

  test('is shown even if the stored document is unusable', async () => {
    for (const text of ['', '{"version":1', '{"version":2}', '{"version":1,"screen":{"a":{}}}']) {
      files.set('notifications', text);
      notifications = start();
      notifications.begin();
      await look([soon()]);
      expect(notifier.shown.splice(0)).toHaveLength(1);
    }
  });

  test('does not say back to normal if a person removed the license', async () => {
    notifications.begin();
    await look([soon()]);
    await look([standing(clock.realAt, { licensed: false })]);
    await look([fine()]);
    expect(notifier.titles).toEqual([soonTitle]);
  });
});

describe('snooze and quiet hours', () => {
  test('hide an alert until tomorrow, and then it is shown again', async () => {
    notifications.begin();
    await look([soon()]);
    notifications.snooze('p1', 'token_expires_soon');
    expect(notifications.alerts()).toMatchObject([
      { snoozedUntil: new Date(2026, 2, 11, 6).getTime(), mayBeSnoozed: true },
    ]);
    clock.advance(18 * hour);
    expect(notifications.alerts()[0]).not.toHaveProperty('snoozedUntil');
    await look([soon()]);
    expect(notifier.titles).toEqual([soonTitle, soonTitle]);
  });

  test('a server was forgotten: nothing is kept about it on the disk, and what is kept of the others stays', async () => {
    notifications.begin();
    const other = { profileId: 'p2', serverName: 'Store 015' };
    await look([soon(), soon(other)]);
    notifications.snooze('p1', 'token_expires_soon');
    notifications.snooze('p2', 'token_expires_soon');
    expect(files.get('notifications')).toContain('p1');
    standings = [soon(other)];
    expect(notifications.serverForgotten()).toBe(true);
    expect(files.get('notifications')).not.toContain('p1');
    expect(JSON.parse(files.get('notifications') ?? '')).toMatchObject({
      screen: { 'p2/token_expires_soon': { open: true } },
      snoozed: { 'p2/token_expires_soon': '2026-03-10' },
    });
  });

  test('end for a snoozed alert when its last 24 hours begin', async () => {
    notifications.begin();
    const ending = () => soon({ keychain: failure('secret_store_locked') });
    await look([ending()]);
    notifications.snooze('p1', 'keychain_trouble');
    clock.advance(2 * day - 1000);
    expect(notifications.alerts().find(({ cause }) => cause === 'keychain_trouble')).toMatchObject({
      mayBeSnoozed: true,
    });
    clock.advance(2000);
    const alert = notifications.alerts().find(({ cause }) => cause === 'keychain_trouble');
    expect(alert).toMatchObject({ mayBeSnoozed: false });
    notifications.snooze('p1', 'keychain_trouble');
    expect(notifications.alerts().find(({ cause }) => cause === 'keychain_trouble')).not.toHaveProperty('snoozedUntil');
  });

  test('hold back a notification at night and show it in the morning', async () => {
    quietHours = { on: true, from: '22:00', to: '07:00' };
    clock.advance(11 * hour);
    notifications.begin();
    await look([soon()]);
    expect(notifier.titles).toEqual([]);
    clock.advance(8 * hour);
    await look([soon()]);
    expect(notifier.titles).toEqual([soonTitle]);
  });
});

describe('the program that an administrator set up for events', () => {
  beforeEach(() => {
    administrator.state = { state: 'set', file: '/etc/notify.json' };
    notifications = start();
  });

  test('gets the events of many servers four at a time, the most urgent first, and each of them', async () => {
    let running = 0;
    let most = 0;
    const send = administrator.send.bind(administrator);
    administrator.send = async (event) => {
      most = Math.max(most, ++running);
      await settled();
      running--;
      return send(event);
    };
    notifications.begin();
    standings = Array.from({ length: 50 }, (_, nth) =>
      soon({
        profileId: `p${nth}`,
        serverName: `Store ${nth}`,
        details: { tokenIssuedAt: noon - 8 * day, tokenExpiresAt: noon + 2.5 * day - nth * minute },
      }),
    );
    notifications.evaluate();
    await until(() => administrator.offered.length === 50);
    expect(most).toBe(4);
    expect(administrator.offered[0]?.server.name).toBe('Store 49');
    expect(new Set(administrator.offered.map(({ server }) => server.name)).size).toBe(50);
  });

  describe('that hangs', () => {
    let ends: (() => void)[];
    const names = () => administrator.offered.map(({ server }) => server.name);
    const ending = (count: number) =>
      Array.from({ length: count }, (_, nth) => soon({ profileId: `p${nth}`, serverName: `Store ${nth}` }));

    beforeEach(() => {
      ends = [];
      const send = administrator.send.bind(administrator);
      administrator.send = async (event) => {
        await new Promise<void>((end) => ends.push(end));
        return send(event);
      };
      notifications.begin();
    });

    test('gets no event that stopped being due while it waited for its turn', async () => {
      await look(ending(5));
      await look(ending(4));
      for (const end of ends) end();
      await settled();
      expect(ends).toHaveLength(4);
      expect(names()).toEqual(['Store 0', 'Store 1', 'Store 2', 'Store 3']);
    });

    /** A hundred servers, of which the token of one has this long left. */
    const withOneAt = (ms: number) =>
      ending(100).map((each) =>
        each.profileId === 'p50'
          ? soon({
              profileId: 'p50',
              serverName: 'Store 50',
              details: { tokenIssuedAt: noon - 8 * day, tokenExpiresAt: noon + ms },
            })
          : each,
      );
    const endTwo = async () => {
      ends[0]?.();
      await settled();
      ends[4]?.();
      await settled();
    };

    test('gets a critical event next, before all that can wait', async () => {
      await look(ending(100));
      await look(withOneAt(-1));
      await endTwo();
      expect(administrator.offered.map(({ event, server }) => [event, server.name])).toEqual([
        ['token_expires_soon', 'Store 0'],
        ['token_expired', 'Store 50'],
      ]);
    });

    test('gets the event of a cause that became worse next, and not the older one that waits', async () => {
      await look(ending(100));
      await look(withOneAt(hour));
      await endTwo();
      expect(administrator.offered.map(({ server, stopsAt }) => [server.name, stopsAt])).toEqual([
        ['Store 0', new Date(noon + 3 * day).toISOString()],
        ['Store 50', new Date(noon + hour).toISOString()],
      ]);
    });
  });

  test('gets the same events, with the server and no secrets', async () => {
    notifications.begin();
    await look([soon()]);
    await look([fine()]);
    expect(administrator.offered).toEqual([
      {
        version: 1,
        event: 'token_expires_soon',
        server: { name: 'Store 014', edition: 'store', serverId: 'server-14' },
        title: soonTitle,
        text: expect.stringContaining('You can keep selling until'),
        stopsAt: new Date(noon + 3 * day).toISOString(),
        at: new Date(noon).toISOString(),
      },
      expect.objectContaining({ event: 'back_to_normal', title: backTitle }),
    ]);
  });

  test('gets events in quiet hours and when no notification can be shown', async () => {
    quietHours = { on: true, from: '00:00', to: '23:59' };
    notifier.works = false;
    notifications.begin();
    await look([soon()]);
    await timer.advance(10 * minute);
    expect(administrator.events).toEqual(['token_expires_soon']);
    expect(notifier.titles).toEqual([]);
  });

  test('gets an event that failed again each minute, five times', async () => {
    administrator.takes = false;
    notifications.begin();
    await look([soon()]);
    await look([soon()]);
    expect(administrator.events).toHaveLength(1);
    await timer.advance(20 * minute);
    expect(administrator.events).toHaveLength(5);
    expect(new Set(administrator.offered.map((event) => JSON.stringify(event))).size).toBe(1);
    await look([fine()]);
    expect(administrator.events).toHaveLength(5);
  });

  test('gets a failed event again, unchanged, when the connection is back', async () => {
    administrator.takes = false;
    notifications.begin();
    await look([soon()]);
    await timer.advance(20 * minute);
    notifications.connectionIsBack();
    await timer.advance(minute);
    administrator.takes = true;
    await timer.advance(20 * minute);
    expect(administrator.events).toHaveLength(7);
    expect(new Set(administrator.offered.map((event) => JSON.stringify(event))).size).toBe(1);
    notifications.connectionIsBack();
    await timer.advance(minute);
    expect(administrator.events).toHaveLength(7);
    await look([fine()]);
    expect(administrator.events.at(-1)).toBe('back_to_normal');
  });

  test('gets a failed event again on the next day, with the values of that day', async () => {
    administrator.takes = false;
    notifications.begin();
    await look([soon()]);
    await timer.advance(20 * minute);
    await timer.advance(day);
    expect(administrator.events).toHaveLength(10);
    expect(new Set(administrator.offered.map(({ at }) => at.slice(0, 10))).size).toBe(2);
  });

  test('gets a new event with its own tries when a problem becomes worse', async () => {
    administrator.takes = false;
    notifications.begin();
    await look([soon()]);
    await timer.advance(20 * minute);
    administrator.takes = true;
    standings = [standing(clock.realAt, { details: { tokenIssuedAt: noon - 8 * day, tokenExpiresAt: noon + hour } })];
    await timer.advance(minute);
    expect(administrator.events).toHaveLength(6);
  });

  test('gets an event once when the local license API is down, as do people, even in quiet hours', async () => {
    quietHours = { on: true, from: '00:00', to: '23:59' };
    notifications.begin();
    const down = standing(clock.realAt, { localApi: apiTrouble('local_api_address_taken') });
    await look([down]);
    await timer.advance(10 * minute);
    expect(notifier.titles).toEqual(['Store 014: The POS server may be cut off from the license']);
    expect(administrator.offered).toMatchObject([{ event: 'local_api_down', code: 'local_api_address_taken' }]);
    quietHours = { ...quietHours, on: false };
    await look([fine()]);
    expect(notifier.titles.at(-1)).toBe(backTitle);
  });

  test('gets an event each day while the settings are lost, as do people, without any server and in quiet hours', async () => {
    quietHours = { on: true, from: '00:00', to: '23:59' };
    notifications.begin();
    ofComputer = [lossAlert('all', 'TILL-3')];
    await look([]);
    await timer.advance(10 * minute);
    expect(notifier.titles).toEqual(['TILL-3: The settings cannot be read']);
    expect(administrator.offered).toMatchObject([
      { event: 'settings_lost', code: 'settings_lost', server: { name: 'TILL-3', edition: '' } },
    ]);
    notifications = start();
    notifications.begin();
    await timer.advance(day);
    expect(administrator.events).toEqual(['settings_lost', 'settings_lost']);
    expect(notifier.shown).toHaveLength(2);
    expect(notifications.alerts()).toMatchObject([{ cause: 'settings_lost', mayBeSnoozed: false }]);
    notifier.click(notifier.shown.at(-1));
    expect(activated).toEqual([['', 'open_console']]);
    ofComputer = [];
    quietHours = { ...quietHours, on: false };
    await look([standing(clock.realAt, { licensed: false })]);
    expect(administrator.events.at(-1)).toBe('back_to_normal');
    expect(notifier.titles.at(-1)).toBe('TILL-3: Back to normal');
    await timer.advance(3 * day);
    expect(administrator.events).toHaveLength(3);
  });

  test('gets no more events once its file is refused, and one message reports that', async () => {
    notifications.begin();
    administrator.state = { state: 'refused', file: '/etc/notify.json', reason: 'writable' };
    await timer.advance(3 * minute);
    await look([soon()]);
    expect(administrator.events).toEqual([]);
    expect(notices.map(({ state }) => state)).toEqual(['set', 'refused']);
    expect(notifications.settings().administrator.state).toBe('refused');
  });
});

test('a test notification reports whether notifications are shown', async () => {
  expect(await notifications.showTest()).toMatchObject({ ok: true });
  notifier.works = false;
  expect(await notifications.showTest()).toMatchObject({ ok: false, failure: { code: 'notification_not_shown' } });
  expect(notifications.settings().canBeShown).toBe(false);
});
