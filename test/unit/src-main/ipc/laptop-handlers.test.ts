import { beforeEach, describe, expect, test } from 'vitest';
import { Changes } from '../../../../src-main/changes.ts';
import { laptopHandlers } from '../../../../src-main/ipc/laptop-handlers.ts';
import type { LicensedServer } from '../../../../src-main/servers/licensed-server.ts';
import type { AcquisitionState } from '../../../../src-shared/license/acquisition-state.ts';
import { fail, failure, succeed } from '../../../../src-shared/result.ts';
import { consoleStateOf } from '../../../gallery/console-states.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { FakeLaptop } from '../../../fakes/fake-laptop.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { until } from '../../../fakes/until.ts';

const typed = { address: '10.0.0.7', code: 'BCDF GHJK' };
let done: string[];
let acquisition: AcquisitionState;
let hasLicense: boolean;
let isFirstRun: boolean;
let laptop: FakeLaptop;
let changes: Changes;

function handlers() {
  const server = {
    profileId: 'store',
    license: { view: () => (hasLicense ? consoleStateOf('licensed').license : null) },
    acquisition: {
      view: () => acquisition,
      start: async () => {
        done.push('start');
        return succeed(null);
      },
    },
    connectionIsBack: () => done.push('refresh'),
    setRemoval: () => {},
  } as unknown as LicensedServer;
  const servers = {
    get shown() {
      return isFirstRun ? null : server;
    },
    of: (profileId: string) => (profileId === 'store' && !isFirstRun ? server : null),
    online: () => done.push('online'),
  };
  return laptopHandlers({
    servers,
    profiles: { nextId: 'store' },
    laptop,
    nearbyLaptops,
    changes,
    pane: { show: (open) => done.push(`pane ${open}`) },
  });
}

const nearbyLaptops = { find: async () => [{ name: 'HP-7', address: '10.0.0.7:41740' }] };

test('the laptops that offer help in this network are those that answer', async () => {
  expect(await handlers()['laptop.find'](undefined)).toEqual(succeed(await nearbyLaptops.find()));
});

beforeEach(() => {
  done = [];
  acquisition = { state: 'idle' };
  hasLicense = false;
  isFirstRun = false;
  changes = new Changes(new HandTimer(new FakeClock()), new FakeClock());
  laptop = new FakeLaptop(changes.notify);
});

describe('a pairing of the shown server', () => {
  test.each<[string, AcquisitionState]>([
    ['nothing was begun', { state: 'idle' }],
    ['there was no internet before', { state: 'failed', failure: failure('network_unreachable') }],
  ])('closes the pane and requests a User Code, if %s', async (_why, state) => {
    acquisition = state;
    expect(await handlers()['laptop.pair'](typed)).toEqual(succeed(null));
    await until(() => done.includes('start'));
    expect(done).toEqual(['pane false', 'refresh', 'online', 'start']);
    expect(laptop.typed).toEqual([{ profileId: 'store', ...typed }]);
  });

  test('requests a User Code only once the laptop relays requests', async () => {
    laptop.isKnown = false;
    await handlers()['laptop.pair'](typed);
    expect(done).toEqual(['pane false']);
    laptop.takeWay('refused');
    expect(done).toEqual(['pane false']);
    laptop.takeWay('relaying');
    await until(() => done.includes('start'));
  });

  test('of the server to be set up at the first run requests a User Code once that server exists', async () => {
    isFirstRun = true;
    laptop.isKnown = false;
    await handlers()['laptop.pair'](typed);
    expect(laptop.typed).toEqual([{ profileId: 'store', ...typed }]);
    expect(done).toEqual([]);
    isFirstRun = false;
    laptop.takeWay('relaying');
    await until(() => done.includes('start'));
    expect(done).toEqual(['refresh', 'online', 'start']);
  });

  test('requests no User Code if the server already has a license or a code', async () => {
    hasLicense = true;
    await handlers()['laptop.pair'](typed);
    await until(() => done.includes('online'));
    expect(done).toEqual(['pane false', 'refresh', 'online']);
    hasLicense = false;
    acquisition = consoleStateOf('awaiting').acquisition;
    done = [];
    await handlers()['laptop.pair'](typed);
    await until(() => done.includes('online'));
    expect(done).not.toContain('start');
  });

  test('that fails leaves nothing on the page, since the dialog says why', async () => {
    laptop.accepts = fail('pairing_code_wrong');
    laptop.become({
      state: 'ended',
      profileId: 'store',
      address: '',
      failureCode: 'pairing_code_wrong',
    });
    expect(await handlers()['laptop.pair'](typed)).toMatchObject({ failure: { code: 'pairing_code_wrong' } });
    expect(laptop.view()).toBeNull();
    expect(done).toEqual([]);
  });

  test('stays when another pairing fails', async () => {
    await laptop.pair('store', '10.0.0.7', 'BCDFGHJK');
    laptop.accepts = fail('pairing_code_invalid');
    await handlers()['laptop.pair'](typed);
    expect(laptop.view()?.state).toBe('paired');
  });
});

test('ends when the person ends it', async () => {
  await handlers()['laptop.pair'](typed);
  await handlers()['laptop.end'](undefined);
  expect(laptop.ended).toBe(1);
});
