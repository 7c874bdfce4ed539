import { describe, expect, it } from 'vitest';
import { ConsoleAtWork } from '../../../fakes/console-at-work.ts';
import { noAnswer } from '../../../fakes/scripted-http.ts';
import { settled, until } from '../../../fakes/until.ts';

const other = { server_id: 'store-016', server_name: 'Store 016' };

const stateOf = ({ services }: ConsoleAtWork) => services.acquisition.view().state;
const failureOf = ({ services }: ConsoleAtWork) => {
  const view = services.acquisition.view();
  return view.state === 'failed' ? view.failure.code : view.state;
};
const heldBy = ({ services }: ConsoleAtWork) => services.license.view()?.details.serverId ?? null;
const pendingOf = async ({ services }: ConsoleAtWork) => {
  const read = await services.license.pending.read();
  return read.ok ? (read.value?.claims.details.serverId ?? null) : read.failure.code;
};
const kindsOf = ({ events }: ConsoleAtWork) => events.map(({ kind }) => kind);

/** A person authorizes a device other than the intended one. */
async function authorizeOther(console: ConsoleAtWork, device: Record<string, unknown> = other): Promise<void> {
  console.server.device = device;
  await console.services.acquisition.start();
  console.server.authorize();
  await console.timer.advance(5_000);
  await until(() => !['awaiting_authorization', 'storing_license'].includes(stateOf(console)), 'an answer');
  await settled();
}

/** Somebody changes the licensed device at the Authorization server. Returns a function that undoes it. */
function changeDevice({ server }: ConsoleAtWork, changes: Record<string, unknown>, index = -1): () => void {
  const grant = server.grants.at(index);
  if (!grant) throw new Error('no grant');
  const { device } = grant;
  grant.device = { ...device, ...changes };
  return () => {
    grant.device = device;
  };
}

async function asked(device?: Record<string, unknown>): Promise<ConsoleAtWork> {
  const console = await ConsoleAtWork.create();
  await authorizeOther(console, device);
  return console;
}

async function askedWhileLicensed(): Promise<ConsoleAtWork> {
  const console = await ConsoleAtWork.create();
  await console.acquire();
  await authorizeOther(console);
  return console;
}

describe('a license for another device', () => {
  it('is not used or announced until a person answers', async () => {
    const console = await asked();
    expect(console.services.acquisition.view()).toEqual({
      state: 'confirming_server',
      difference: {
        differs: ['serverName'],
        meant: { serverName: 'Store 014' },
        found: { serverName: 'Store 016', serverId: 'store-016', organization: 'Fusion Coffee' },
        newName: 'Store 016',
      },
    });
    expect(heldBy(console)).toBeNull();
    expect(console.kept).toBeNull();
    expect(console.licensedTimes).toBe(0);
    expect(kindsOf(console)).toEqual([]);
    expect(await pendingOf(console)).toBe('store-016');
    expect(console.services.standing().waits).toBe(true);
    expect(console.timer.count).toBe(0);
  });

  it('leaves the current license in use and refreshed', async () => {
    const console = await askedWhileLicensed();
    expect(stateOf(console)).toBe('confirming_server');
    expect(heldBy(console)).toBe('store-014');
    console.server.device = {};
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.server.openGrants).toHaveLength(2);
  });

  it('is not lost if the keychain cannot store it: the next Next asks without another code', async () => {
    const console = await ConsoleAtWork.create();
    console.secrets.failing((operation, name) =>
      operation === 'write' && name === 'pending.p1' ? 'secret_store_locked' : null,
    );
    await authorizeOther(console);
    expect(failureOf(console)).toBe('secret_store_locked');
    expect(await pendingOf(console)).toBeNull();
    console.secrets.failing(null);
    expect((await console.services.acquisition.start()).ok).toBe(true);
    expect(stateOf(console)).toBe('confirming_server');
    expect(await pendingOf(console)).toBe('store-016');
    expect(console.userCodes).toHaveLength(1);
  });

  it('leads to the question even if only the Server ID or the organization differs', async () => {
    for (const device of [{ server_id: 'store-015' }, { organization: { id: 'org-2', name: 'Contoso' } }]) {
      const console = await ConsoleAtWork.create();
      await console.acquire();
      await authorizeOther(console, device);
      expect(stateOf(console)).toBe('confirming_server');
      expect(heldBy(console)).toBe('store-014');
    }
  });

  it('is not lost at Cancel or Next: both lead back to the question', async () => {
    const console = await asked();
    const { acquisition } = console.services;
    acquisition.cancel();
    expect(stateOf(console)).toBe('confirming_server');
    expect((await acquisition.start()).ok).toBe(true);
    expect(stateOf(console)).toBe('confirming_server');
    expect(console.server.count('device_authorization')).toBe(1);
  });

  it('shows no secret on the screen', async () => {
    const console = await asked();
    expect(JSON.stringify(console.services.acquisition.view())).not.toMatch(/device-code|refresh-token|eyJ/);
  });
});

describe('Keep', () => {
  it('uses the license, renames the server and ends the grant of the previous license', async () => {
    const console = await askedWhileLicensed();
    expect((await console.services.acquisition.keep()).ok).toBe(true);
    expect(heldBy(console)).toBe('store-016');
    expect(console.services.profile.serverName).toBe('Store 016');
    expect(console.server.openGrants).toHaveLength(1);
    expect(console.canRefresh).toBe(true);
    expect(await pendingOf(console)).toBeNull();
    expect(kindsOf(console)).toEqual(['acquired', 'server_renamed', 'acquired']);
    await console.restart();
    expect(heldBy(console)).toBe('store-016');
    expect(stateOf(console)).toBe('idle');
  });

  it('compares with the name that the server has when the question is shown', async () => {
    const console = await asked();
    console.rename('Store 017');
    expect(console.services.acquisition.view()).toMatchObject({
      difference: { meant: { serverName: 'Store 017' }, newName: 'Store 016' },
    });
    await console.restart();
    expect(console.services.acquisition.view()).toMatchObject({ difference: { meant: { serverName: 'Store 017' } } });
  });

  it('does not replace a name that a person corrected while the question was open', async () => {
    const console = await asked();
    console.rename('STORE-016');
    expect(stateOf(console)).toBe('confirming_server');
    expect(console.services.acquisition.view()).toMatchObject({
      difference: { differs: [], meant: { serverName: 'STORE-016' } },
    });
    expect(console.services.acquisition.view()).not.toHaveProperty('difference.newName');
    expect((await console.services.acquisition.keep()).ok).toBe(true);
    expect(heldBy(console)).toBe('store-016');
    expect(console.services.profile.serverName).toBe('STORE-016');
  });

  it('does not take a name that another server got while the question was open', async () => {
    const console = await asked();
    console.namesTaken = ['Store 016'];
    expect(console.services.acquisition.view()).not.toHaveProperty('difference.newName');
    expect(console.services.acquisition.view()).toMatchObject({ difference: { takenName: 'Store 016' } });
    expect((await console.services.acquisition.keep()).ok).toBe(true);
    expect(console.services.profile.serverName).toBe('Store 014');
  });

  it('leaves the question open if the new name cannot be written', async () => {
    const console = await asked();
    console.settingsWritable = false;
    expect(await console.services.acquisition.keep()).toMatchObject({ failure: { code: 'settings_not_written' } });
    expect(stateOf(console)).toBe('confirming_server');
    console.settingsWritable = true;
    expect((await console.services.acquisition.keep()).ok).toBe(true);
    expect(heldBy(console)).toBe('store-016');
  });

  it('keeps the tokens and leaves the question open if the keychain fails', async () => {
    const console = await asked({ ...other, server_name: undefined, edition: 'kiosk' });
    console.secrets.failing('secret_store_refused');
    await console.services.acquisition.keep();
    expect(stateOf(console)).toBe('confirming_server');
    console.secrets.failing(null);
    await console.services.acquisition.keep();
    expect(heldBy(console)).toBe('store-016');
    expect(console.server.openGrants).toHaveLength(1);
  });

  it('does nothing without a question', async () => {
    const { services } = await ConsoleAtWork.create();
    for (const answer of ['keep', 'undo', 'decline'] as const)
      expect(await services.acquisition[answer]()).toMatchObject({ failure: { code: 'nothing_to_complete' } });
  });
});

describe('Undo', () => {
  it('ends the new grant and shows a new User Code', async () => {
    const console = await askedWhileLicensed();
    expect((await console.services.acquisition.undo()).ok).toBe(true);
    expect(stateOf(console)).toBe('awaiting_authorization');
    expect(console.userCodes).toHaveLength(3);
    expect(heldBy(console)).toBe('store-014');
    expect(console.services.profile.serverName).toBe('Store 014');
    expect(console.server.openGrants).toHaveLength(1);
    expect(console.canRefresh).toBe(true);
    expect(await pendingOf(console)).toBeNull();
    expect(console.events.at(-1)).toEqual({ kind: 'acquisition_failed', code: 'device_not_accepted' });
  });

  it.each(['cancel', 'stop'] as const)('shows no new User Code if a person chose to %s meanwhile', async (name) => {
    const console = await asked();
    const { acquisition } = console.services;
    let answer = () => {};
    console.server.waits = new Promise<void>((resolve) => (answer = resolve));
    const undone = acquisition.undo();
    await settled();
    if (name === 'cancel') acquisition.cancel();
    else console.services.stop();
    expect(stateOf(console)).toBe('idle');
    expect(await acquisition.keep()).toMatchObject({ failure: { code: 'nothing_to_complete' } });
    answer();
    await undone;
    await console.services.settle();
    expect(stateOf(console)).toBe('idle');
    expect(console.userCodes).toHaveLength(1);
    expect(console.server.openGrants).toHaveLength(0);
    expect(await pendingOf(console)).toBeNull();
  });

  it('requests one User Code if a person cancels it and chooses Next meanwhile', async () => {
    const console = await asked();
    const { acquisition } = console.services;
    let answer = () => {};
    console.server.waits = new Promise<void>((resolve) => (answer = resolve));
    const undone = acquisition.undo();
    await settled();
    acquisition.cancel();
    const started = acquisition.start();
    await settled();
    answer();
    await Promise.all([undone, started]);
    expect(stateOf(console)).toBe('awaiting_authorization');
    expect(console.userCodes).toHaveLength(2);
    expect(console.server.openGrants).toHaveLength(0);
  });

  it('leaves the question open if the keychain fails', async () => {
    const console = await asked();
    console.secrets.failing('secret_store_refused');
    expect(await console.services.acquisition.undo()).toMatchObject({ failure: { code: 'secret_store_refused' } });
    expect(stateOf(console)).toBe('confirming_server');
    expect(console.server.openGrants).toHaveLength(1);
  });

  it('ends the grant later if the server cannot be reached', async () => {
    const console = await asked();
    console.server.fault = (endpoint) => (endpoint === 'revocation' ? noAnswer('network_unreachable') : undefined);
    await console.services.acquisition.undo();
    expect(console.server.openGrants).toHaveLength(1);
    expect(await pendingOf(console)).toBeNull();
    console.server.fault = () => undefined;
    console.clock.advance(120_000);
    await console.services.license.grants.endOpen();
    expect(console.server.openGrants).toHaveLength(0);
  });

  it('ends the grant and gives the reason if nobody can be asked', async () => {
    const console = await asked();
    expect((await console.services.acquisition.decline()).ok).toBe(true);
    expect(failureOf(console)).toBe('device_not_accepted');
    expect(console.server.openGrants).toHaveLength(0);
    expect(console.kept).toBeNull();
  });
});

describe('after a restart', () => {
  it('the console asks the question again', async () => {
    const console = await askedWhileLicensed();
    await console.restart();
    expect(stateOf(console)).toBe('confirming_server');
    expect(heldBy(console)).toBe('store-014');
    await console.services.acquisition.keep();
    expect(heldBy(console)).toBe('store-016');
    expect(console.canRefresh).toBe(true);
  });

  it('the console asks again even if the previous license was removed or the server was renamed', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    await authorizeOther(console, { server_id: 'store-015' });
    await console.services.remove(false);
    await console.restart();
    expect(stateOf(console)).toBe('confirming_server');
    expect(console.services.acquisition.view()).toMatchObject({
      difference: { differs: ['serverId'], meant: { serverId: 'store-014' }, found: { serverId: 'store-015' } },
    });
    console.rename('Store 016');
    await console.restart();
    expect(console.services.acquisition.view()).toMatchObject({ difference: { differs: ['serverName', 'serverId'] } });
    expect(heldBy(console)).toBeNull();
  });

  it('the console asks again even if the previous license was refreshed in the meantime', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    await authorizeOther(console, { server_name: 'Store 016' });
    changeDevice(console, {}, 0);
    console.clock.advance(3_600_000);
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    await console.restart();
    expect(stateOf(console)).toBe('confirming_server');
    expect(console.server.openGrants).toHaveLength(2);
  });

  it('Next asks again if the keychain was locked at the start', async () => {
    const console = await asked();
    console.boot();
    console.secrets.failing('secret_store_locked');
    await console.services.license.reconcile();
    await console.services.acquisition.resume();
    await console.services.acquisition.start();
    expect(failureOf(console)).toBe('secret_store_locked');
    console.secrets.failing(null);
    await console.services.acquisition.start();
    expect(stateOf(console)).toBe('confirming_server');
    expect(console.server.count('device_authorization')).toBe(1);
  });

  it('the console gives back a license that no longer fits the settings', async () => {
    const console = await asked();
    console.change({ edition: 'corporate' });
    await console.restart();
    expect(stateOf(console)).toBe('idle');
    expect(console.server.openGrants).toHaveLength(0);
    expect(await pendingOf(console)).toBeNull();
  });

  it('the console ends an authorization whose end was interrupted, without a question', async () => {
    const console = await asked();
    const copy = console.secrets.entries.get('pending.p1') ?? '';
    await console.services.acquisition.decline();
    console.secrets.entries.set('pending.p1', JSON.stringify({ ...JSON.parse(copy), answer: 'undo' }));
    await console.restart();
    expect(stateOf(console)).toBe('idle');
    expect(await pendingOf(console)).toBeNull();
  });

  it('the console does not ask about a copy that could not be deleted, and does not revoke its used refresh token', async () => {
    const console = await asked();
    const copy = console.secrets.entries.get('pending.p1') ?? '';
    await console.services.acquisition.keep();
    await console.services.refresh.refreshNow();
    console.secrets.entries.set('pending.p1', JSON.stringify({ ...JSON.parse(copy), answer: 'keep' }));
    await console.restart();
    expect(stateOf(console)).toBe('idle');
    expect(await pendingOf(console)).toBeNull();
    expect(console.canRefresh).toBe(true);
  });
});

describe('a name that another server of this console already has', () => {
  it('is not used: Keep keeps the license and the current name', async () => {
    const console = await ConsoleAtWork.create();
    console.namesTaken = ['Store 016'];
    await authorizeOther(console);
    expect(console.services.acquisition.view()).not.toHaveProperty('difference.newName');
    expect((await console.services.acquisition.keep()).ok).toBe(true);
    expect(heldBy(console)).toBe('store-016');
    expect(console.services.profile.serverName).toBe('Store 014');
  });

  it('leads to the question even if nobody has chosen a name for this server', async () => {
    const console = await ConsoleAtWork.create({ serverName: 'This server' });
    console.namesTaken = ['Store 016'];
    await authorizeOther(console);
    expect(stateOf(console)).toBe('confirming_server');
  });
});

describe('a name that nobody has chosen', () => {
  it.each(['', 'This server'])('%j is replaced by that of the device without a question', async (serverName) => {
    const console = await ConsoleAtWork.create({ serverName });
    console.server.device = other;
    await console.acquire();
    expect(console.services.profile.serverName).toBe('Store 016');
    expect(kindsOf(console)).toEqual(['server_renamed', 'acquired']);
  });

  it('stays if the settings cannot be written, and the license is kept', async () => {
    const console = await ConsoleAtWork.create({ serverName: 'This server' });
    console.settingsWritable = false;
    await console.acquire();
    expect(heldBy(console)).toBe('store-014');
    expect(console.services.profile.serverName).toBe('This server');
  });
});

describe('a refresh', () => {
  it('records a changed name of the device, and renames nothing', async () => {
    const console = await ConsoleAtWork.create();
    await console.acquire();
    changeDevice(console, { server_name: 'Store 014 B' });
    expect((await console.services.refresh.refreshNow()).ok).toBe(true);
    expect(console.events.at(-1)).toEqual({ kind: 'device_renamed', before: 'Store 014', now: 'Store 014 B' });
    expect(console.services.profile.serverName).toBe('Store 014');
  });

  it.each([{ server_id: 'store-016' }, { organization: { id: 'org-2', name: 'Contoso' } }])(
    'that brings a license of %j leaves the previous one in use, and shows the problem',
    async (device) => {
      const console = await ConsoleAtWork.create();
      await console.acquire();
      const { accessToken, refreshToken } = console.kept ?? {};
      const restore = changeDevice(console, device);
      console.clock.advance(3_600_000);
      const refreshed = await console.services.refresh.refreshNow();
      expect(refreshed).toMatchObject({ failure: { code: 'license_of_another_server' } });
      expect(heldBy(console)).toBe('store-014');
      expect(console.kept?.accessToken).toBe(accessToken);
      expect(console.kept?.refreshToken).not.toBe(refreshToken);
      expect(console.services.license.record?.lastFailure?.code).toBe('license_of_another_server');
      // The rotated token still works, so the console uses the right license as soon as the server sends it.
      restore();
      expect((await console.services.refresh.refreshNow()).ok).toBe(true);
      expect(console.services.license.record?.lastFailure).toBeUndefined();
    },
  );
});
