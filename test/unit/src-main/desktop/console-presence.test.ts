import { beforeEach, describe, expect, test } from 'vitest';
import { KeepRunning } from '../../../../src-main/desktop/keep-running.ts';
import { ConsolePresence } from '../../../../src-main/desktop/console-presence.ts';
import type { ConsoleScreen, ScreenPresence } from '../../../../src-main/desktop/console-screen.ts';
import type { LicensedServers } from '../../../../src-main/servers/licensed-servers.ts';
import type { TrayActions } from '../../../../src-main/ports/tray-icon.ts';
import { Changes } from '../../../../src-main/changes.ts';
import type { OfferView } from '../../../../src-shared/pairing/pairing.ts';
import { succeed } from '../../../../src-shared/result.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { settled } from '../../../fakes/until.ts';

let happened: string[];
let keepsRunning: boolean | undefined;
let timer: HandTimer;
let screen: ScreenPresence;
let helps: boolean;
let hasWork: boolean;
let changes: Changes;
let tray: TrayActions;
let trayHelp: string | null;
let presence: ConsolePresence;
let startEnds: Promise<void>;
let traySeen: (isSeen: boolean) => void;

const openOffer: OfferView = {
  state: 'open',
  addresses: [],
  code: null,
  qr: null,
  endsAt: Date.UTC(2026, 10, 26, 14, 3),
  wrongFrom: [],
  otherVersion: null,
  servers: [],
};

/** Only the parts of the window and of the services that closing the window needs. */
function start(loginItemState: () => 'on' | 'off' = () => 'on'): ConsolePresence {
  const servers = {
    get hasWork() {
      return hasWork;
    },
    begin: async () => {
      happened.push('service begun');
      await startEnds;
    },
    standing: () => ({ servers: [], clock: { state: 'right' } }),
    noteSetting: () => {},
  };
  const window = { show: () => {}, close: () => screen.mayClose() && screen.closed() };
  changes = new Changes(timer, new FakeClock());
  const choice = {
    get keepsRunning() {
      return keepsRunning;
    },
    saveKeepsRunning: () => succeed(null),
  };
  return new ConsolePresence({
    servers: servers as unknown as LicensedServers,
    offer: {
      view: () => (helps ? openOffer : null),
      end: () => {
        helps = false;
        happened.push('help ended');
        changes.notify();
      },
    },
    onBegin: () => {},
    onBegun: () => happened.push('people are notified'),
    timer,
    keepRunning: new KeepRunning(
      choice,
      { state: loginItemState, startsAnother: () => null, set: () => succeed(null) },
      'somebody',
    ),
    tray: {
      show: (actions, onSeen) => {
        tray = actions;
        traySeen = onSeen;
        onSeen(true);
      },
      update: ({ help }) => {
        trayHelp = help;
      },
    },
    alerts: () => [],
    changes,
    watch: { look: () => happened.push('looked') },
    openScreen: (belongsTo) => {
      screen = belongsTo;
      return window as unknown as ConsoleScreen;
    },
    quit: () => happened.push('quit'),
  });
}

beforeEach(() => {
  happened = [];
  keepsRunning = undefined;
  helps = false;
  hasWork = true;
  trayHelp = null;
  startEnds = Promise.resolve();
  timer = new HandTimer(new FakeClock());
  presence = start();
});

describe('when the window is closed', () => {
  test('before its first paint, the services still begin if the console keeps running', async () => {
    keepsRunning = true;
    presence.show();
    screen.closed();
    await settled();
    expect(happened).toContain('service begun');
    expect(happened).toContain('people are notified');
    expect(happened).not.toContain('quit');
  });

  test('before its first paint, nothing begins if the console stops', async () => {
    keepsRunning = false;
    presence.show();
    screen.closed();
    await settled();
    expect(happened).toEqual(['quit']);
  });

  test('after its first paint, nothing begins twice', async () => {
    keepsRunning = true;
    presence.show();
    screen.painted();
    screen.closed();
    await settled();
    expect(happened.filter((what) => what === 'service begun')).toHaveLength(1);
  });
});

describe('when the window is closed while this computer helps servers', () => {
  beforeEach(() => {
    helps = true;
    hasWork = false;
    presence.show();
    screen.painted();
  });

  test('it asks first, also without a license, and a person can cancel', async () => {
    expect(screen.mayClose()).toBe(false);
    expect(presence.background().asking).toBe('end_help');
    screen.stayOpen();
    expect(presence.background().asking).toBe(false);
    expect(helps).toBe(true);
    await settled();
    expect(happened).not.toContain('quit');
  });

  test('the help can be ended, and then the console ends', async () => {
    screen.mayClose();
    screen.answerHelp(false);
    await settled();
    expect(happened.slice(-2)).toEqual(['quit', 'looked']);
    expect(happened).toContain('help ended');
  });

  test('the help can be ended, and then a console with a license asks about that', async () => {
    hasWork = true;
    screen.mayClose();
    screen.answerHelp(false);
    await settled();
    expect(presence.background().asking).toBe('keep_running');
    expect(happened).not.toContain('quit');
  });

  test('the help can go on without the window, with an icon that can end it, until the console has nothing to do', async () => {
    keepsRunning = false;
    screen.mayClose();
    screen.answerHelp(true);
    changes.notify();
    await settled();
    expect(happened).not.toContain('quit');
    expect(trayHelp).toContain('Ready to help a server until');
    tray.endHelp();
    await settled();
    expect(happened).toContain('quit');
  });

  test('a console that a person opened again stays when the help ends', async () => {
    screen.mayClose();
    screen.answerHelp(true);
    presence.show();
    tray.endHelp();
    await settled();
    expect(trayHelp).toBeNull();
    expect(happened).not.toContain('quit');
  });

  test('it no longer asks when the help has ended on its own', async () => {
    screen.mayClose();
    helps = false;
    changes.notify();
    await settled();
    expect(presence.background().asking).toBe(false);
  });
});

test.each([
  ['ends later', 1],
  ['never ends', null],
])('people are notified within minutes, once, if the start of a server %s', async (_how, ends) => {
  let end = () => {};
  startEnds = new Promise((resolve) => {
    end = resolve;
  });
  presence.begin();
  await timer.advance(2 * 60_000);
  expect(happened).not.toContain('people are notified');
  await timer.advance(60_000);
  expect(happened).toContain('people are notified');
  if (ends) end();
  await settled();
  expect(happened.filter((what) => what === 'people are notified')).toHaveLength(1);
});

test('the license is evaluated each minute even if a setting of the system cannot be read', async () => {
  presence = start(() => {
    throw new Error('no such setting');
  });
  expect(() => presence.begin()).toThrow('no such setting');
  await timer.advance(60_000);
  await timer.advance(60_000);
  expect(happened.filter((what) => what === 'looked')).toHaveLength(2);
});

test('the settings follow what the desktop reports about its tray icons', () => {
  presence.begin();
  expect(presence.background().tray).toBe('shown');
  traySeen(false);
  expect(presence.background().tray).toBe('unsure');
  traySeen(true);
  expect(presence.background().tray).toBe('shown');
});

describe('when the window gets the focus', () => {
  test('before its first paint, the system is not asked whether the console starts at sign-in', () => {
    let asked = 0;
    presence = start(() => {
      asked += 1;
      return 'on';
    });
    presence.show();
    screen.lookedAt();
    expect(asked).toBe(0);
  });

  test('the settings show a start at sign-in that was switched off outside the console', () => {
    let state: 'on' | 'off' = 'on';
    presence = start(() => state);
    presence.show();
    screen.painted();
    expect(presence.background().startsAtLogin).toBe('on');
    state = 'off';
    screen.lookedAt();
    expect(presence.background().startsAtLogin).toBe('off');
  });
});
