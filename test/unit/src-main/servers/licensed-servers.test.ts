import { describe, expect, it, test } from 'vitest';
import { ConsoleNotices } from '../../../../src-main/notifications/console-notices.ts';
import { HistoryLog } from '../../../../src-main/history/history-log.ts';
import { TrustedTime } from '../../../../src-main/time/trusted-time.ts';
import { ServerProfiles } from '../../../../src-main/servers/server-profiles.ts';
import { changedBy } from '../../../../src-main/commands/profile-options.ts';
import { presetProfile } from '../../../../src-main/start/command-line.ts';
import { draftOf, settingsOf } from '../../../../src-shared/servers/profile-draft.ts';
import { failure, type Result, succeed } from '../../../../src-shared/result.ts';
import type { ProfileSettings, ServerProfile } from '../../../../src-shared/servers/server-profile.ts';
import { FakeAuthorizationServer, metadata, profile } from '../../../fakes/fake-authorization-server.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../fakes/hand-timer.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { MemoryLineFile } from '../../../fakes/memory-line-file.ts';
import { MemorySecretStore } from '../../../fakes/memory-secret-store.ts';
import { json } from '../../../fakes/scripted-http.ts';
import { settled, until } from '../../../fakes/until.ts';
import { emptyPane } from '../../../../src-shared/window/console-state.ts';
import { quietState } from '../../../fakes/quiet-state.ts';
import { issuer, TokenSigner } from '../../../fakes/token-signer.ts';
import { serversWith } from './servers-with.ts';

/** A console's disk and keychain, and the settings that an installer gave. */
interface Surroundings {
  readonly documents?: MemoryDocuments;
  readonly secrets?: MemorySecretStore;
  readonly preset?: Result<ProfileSettings | null>;
  readonly http?: FakeAuthorizationServer;
}

async function consoleAt(
  onConnectionBack = () => {},
  {
    documents = new MemoryDocuments(),
    secrets = new MemorySecretStore(),
    preset = succeed(null),
    http: knownHttp,
  }: Surroundings = {},
) {
  const clock = new FakeClock();
  const timer = new HandTimer(clock);
  const trustedTime = new TrustedTime(clock);
  const http = knownHttp ?? new FakeAuthorizationServer(clock, await TokenSigner.create());
  let serial = 0;
  const shown: (string | undefined)[] = [];
  const profiles = new ServerProfiles(documents, () => `p${++serial}`);
  const notices = new ConsoleNotices(() => {});
  const servers = serversWith({
    profiles,
    notices,
    history: new HistoryLog({ open: () => new MemoryLineFile(), trustedTime, onAppended: () => {} }),
    parts: { http, clock, timer, documents, secrets, trustedTime },
  });
  servers.window = { showProfile: (taken) => void shown.push(taken?.id), finishAcquisition: () => {} };
  servers.onConnectionBack = onConnectionBack;
  servers.restore(preset.ok ? preset.value : null);
  return { servers, notices, profiles, clock, timer, trustedTime, http, shown, documents, secrets };
}

test('the checks and changed settings of a server take its own way, which may be that of a laptop; the trial of this computer does not', async () => {
  const { servers, http } = await consoleAt();
  const { id: _, ...settings } = profile;
  await servers.settings.save(settings);
  const ways = async (act: () => Promise<unknown>) => {
    const before = http.requests.length;
    await act();
    return http.requests.slice(before).map(({ endpoint, server }) => [endpoint, server]);
  };
  expect(await ways(() => servers.checkKeys('p1', metadata.jwks_uri))).toEqual([['keys', 'p1']]);
  expect(await ways(() => servers.tryOwnWay(issuer))).toEqual([['metadata', undefined]]);
  const changed = await ways(() => servers.settings.save({ ...settings, serverName: 'Other' }, 'p1'));
  expect(changed[0]).toEqual(['metadata', 'p1']);
});

describe('lost settings', () => {
  const spoiled = () => new MemoryDocuments(new Map([['settings', '{']]));
  const { id: _, ...settings } = profile;

  test('are in a notice at each start and a reason to run without a window, until the server is set up again', async () => {
    const documents = spoiled();
    for (let start = 0; start < 2; start += 1) {
      const { servers, notices } = await consoleAt(undefined, { documents });
      expect(notices.all).toEqual([{ id: 'settings_lost', keptAs: 'settings.unreadable.json' }]);
      expect(servers.hasWork).toBe(true);
    }
    const { servers, notices } = await consoleAt(undefined, { documents });
    expect((await servers.settings.save(settings)).ok).toBe(true);
    expect([notices.all, servers.hasWork]).toEqual([[], false]);
    expect((await consoleAt(undefined, { documents })).notices.all).toEqual([]);
  });

  test('are in no notice once a person has put it away', async () => {
    const documents = spoiled();
    const { servers, notices } = await consoleAt(undefined, { documents });
    servers.dismissNotice('settings_lost');
    expect([notices.all, servers.hasWork]).toEqual([[], false]);
    expect((await consoleAt(undefined, { documents })).notices.all).toEqual([]);
  });

  test('stay lost if another notice is put away', async () => {
    const { servers, profiles, notices } = await consoleAt(undefined, { documents: spoiled() });
    notices.note('history_not_written');
    servers.dismissNotice('history_not_written');
    expect([notices.all.map(({ id }) => id), profiles.loss?.part]).toEqual([['settings_lost'], 'all']);
  });

  test('stay lost next to the settings that each start gives', async () => {
    const { notices, profiles } = await consoleAt(undefined, { documents: spoiled(), preset: succeed(settings) });
    expect([profiles.all.length, profiles.loss?.part, notices.all]).toEqual([
      1,
      'some',
      [{ id: 'settings_partly_unreadable', keptAs: 'settings.unreadable.json' }],
    ]);
  });
});

test('changing the settings of a server that is not shown leaves the shown one and its page as they are', async () => {
  const { servers, shown, http } = await consoleAt();
  const { id: _, ...settings } = profile;
  await servers.settings.save(settings);
  await servers.settings.add({ ...settings, serverName: 'Store 015' });
  const [first, second] = servers.standing().servers.map(({ profileId }) => profileId);
  expect(shown.at(-1)).toBe(second);
  const times = shown.length;
  expect((await servers.settings.save({ ...settings, scope: 'other' }, first)).ok).toBe(true);
  expect(shown).toHaveLength(times);
  expect(servers.of(first ?? '')?.license.profile.scope).toBe('other');
  expect(servers.of(second ?? '')?.license.profile).toMatchObject({
    serverName: 'Store 015',
    scope: settings.scope,
  });
  await servers.of(first ?? '')?.acquisition.start();
  expect(http.requests.findLast(({ endpoint }) => endpoint === 'device_authorization')?.form.get('scope')).toBe(
    'other',
  );
});

test.each([
  ['its Authorization server', { issuer: 'https://other.example' }],
  ['its client', { clientId: 'other' }],
])(
  'while a server is licensed, %s cannot be changed, even if it is not shown, but other settings can',
  async (_name, change) => {
    const { servers, http, timer } = await consoleAt();
    const { id: _, ...settings } = profile;
    await servers.settings.save(settings);
    const [{ profileId: first } = { profileId: '' }] = servers.standing().servers;
    await servers.of(first)?.acquisition.start();
    http.authorize();
    await timer.advance(6_000);
    await until(() => servers.of(first)?.license.record != null, 'a license');
    await servers.settings.add({ ...settings, serverName: 'Store 015' });
    const other = { ...metadata, issuer: 'https://other.example' };
    http.fault = (_endpoint, { url }) => (url.startsWith(other.issuer) ? json(200, other) : undefined);
    expect(await servers.settings.save({ ...settings, ...change }, first)).toMatchObject({
      failure: { code: 'profile_in_use' },
    });
    expect(
      (await servers.settings.save({ ...settings, scope: 'other', audience: 'urn:a', dpop: true }, first)).ok,
    ).toBe(true);
  },
);

test('of all servers, the state says which one waits for an answer, also while another is shown', async () => {
  const { servers, http, timer } = await consoleAt();
  const { id: _, ...settings } = profile;
  await servers.settings.save(settings);
  const [{ profileId: first } = { profileId: '' }] = servers.standing().servers;
  await servers.settings.add({ ...settings, serverName: 'Store 015' });
  const { pane, background } = quietState(profile, 0);
  const waiting = () =>
    servers
      .state(pane, background)
      .servers.map(({ serverName, newLicenseWaits = false }) => [serverName, newLicenseWaits]);
  expect(waiting()).toEqual([
    ['Store 014', false],
    ['Store 015', false],
  ]);
  http.device = { server_id: 'store-016', server_name: 'Store 016' };
  await servers.of(first)?.acquisition.start();
  http.authorize();
  await timer.advance(6_000);
  await until(() => servers.of(first)?.acquisition.view().state === 'confirming_server', 'a question');
  expect(waiting()).toEqual([
    ['Store 014', true],
    ['Store 015', false],
  ]);
});

describe('a server that was saved with a resource and no audience, as earlier versions did', () => {
  const resource = 'urn:fusion-pos:license';
  const { id: _, ...kept } = { ...profile, resource };
  const document = { version: 1, currentProfileId: 'a', profiles: { a: kept }, pane: {} };
  const restored = async () =>
    consoleAt(() => {}, { documents: new MemoryDocuments(new Map([['settings', JSON.stringify(document)]])) });
  type At = Awaited<ReturnType<typeof restored>>;

  const authorize = async ({ servers, http, timer }: At) => {
    await servers.shown?.acquisition.start();
    http.authorize();
    await timer.advance(6_000);
    await until(() => !['awaiting_authorization', 'storing_license'].includes(stateOf(servers)), 'an end');
  };
  const stateOf = (servers: At['servers']) => servers.shown?.acquisition.view().state ?? '';

  const edits: readonly (readonly [string, (at: At) => Promise<unknown> | undefined])[] = [
    ['after the start', () => undefined],
    [
      'after its name was changed in the window',
      ({ servers, profiles }) => {
        const draft = { ...draftOf(profiles.current as ServerProfile), serverName: 'Store 7' };
        const settings = settingsOf(draft, draft.issuer);
        return settings ? servers.settings.save(settings) : undefined;
      },
    ],
    [
      'after its name was changed in a terminal',
      ({ servers, profiles }) => {
        const current = profiles.current as ServerProfile;
        const settings = changedBy(draftOf(current), (option) => (option === 'server-name' ? 'Store 7' : undefined));
        return settings.ok ? servers.settings.save(settings.value, current.id) : undefined;
      },
    ],
  ];

  test.each(edits)(
    'sends its resource, which is also the expected audience of its license token, %s',
    async (_name, edit) => {
      const at = await restored();
      await edit(at);
      at.http.device = { aud: 'urn:other', server_name: at.profiles.current?.serverName };
      await authorize(at);
      expect(at.servers.shown?.acquisition.view()).toMatchObject({ failure: { code: 'token_audience_mismatch' } });
      at.http.device = { aud: resource, server_name: at.profiles.current?.serverName };
      await authorize(at);
      await until(() => at.servers.shown?.license.record != null, 'a license');
      expect((await at.servers.shown?.refresh.refreshNow())?.ok).toBe(true);
      const sent = at.http.requests.filter(
        ({ endpoint }) => endpoint === 'device_authorization' || endpoint === 'token',
      );
      expect(sent.length).toBeGreaterThanOrEqual(5);
      for (const { form } of sent) expect(form.get('resource')).toBe(resource);
    },
  );
});

test("the first server takes the installer's settings, and another spelling of its address is no change", async () => {
  const preset = presetProfile([
    '--authorization-server=HTTPS://AUTH.Example:443/',
    '--resource=urn:r',
    '--audience=urn:fusion-pos:license',
  ]);
  const { servers, profiles, http, timer } = await consoleAt(() => {}, { preset });
  expect(profiles.current).toMatchObject({ resource: 'urn:r', audience: 'urn:fusion-pos:license' });
  await servers.shown?.acquisition.start();
  http.authorize();
  await timer.advance(6_000);
  await until(() => servers.shown?.license.record != null, 'a license');
  for (const { endpoint, form } of http.requests)
    if (endpoint === 'device_authorization' || endpoint === 'token') expect(form.get('resource')).toBe('urn:r');
  // Another spelling of the address does not change the server.
  const { id: _, ...settings } = profiles.current as ServerProfile;
  expect(await servers.settings.save({ ...settings, issuer: 'https://Auth.example/' })).toEqual(succeed(null));
  expect(profiles.current?.issuer).toBe(issuer);
});

test('settings that are saved twice at once leave only one set of services with the refresh token', async () => {
  const { servers, timer } = await consoleAt();
  const { id: _, ...settings } = profile;
  expect((await servers.settings.save(settings)).ok).toBe(true);
  expect(timer.count).toBe(1);
  await Promise.all([servers.settings.save(settings), servers.settings.save({ ...settings, serverName: 'Store 015' })]);
  // Each set of services has one timer, which looks at the keychain again.
  expect(timer.count).toBe(1);
});

describe('settings with another Authorization server or client that are saved during an acquisition', () => {
  const { id: _, ...settings } = profile;
  const otherIssuer = 'https://other.example';
  const changes = [
    ['another Authorization server', { issuer: otherIssuer }],
    ['another client', { clientId: 'other' }],
  ] as const;

  /** A console whose server waits for an authorization, with a second Authorization server. */
  async function awaiting(surroundings?: Surroundings) {
    const console = await consoleAt(() => {}, surroundings);
    const { http, servers } = console;
    const base = { ...metadata, issuer: otherIssuer };
    http.fault = (_endpoint, { url }) => (url.startsWith(otherIssuer) ? json(200, base) : undefined);
    if (!surroundings) {
      await servers.settings.save(settings);
      await servers.shown?.acquisition.start();
    }
    const { shown } = servers;
    if (!shown) throw new Error('no server');
    return { ...console, server: shown };
  }

  function gate() {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, opened };
  }

  it.each(changes)('%s: tokens that arrive then are revoked, and the settings are saved', async (_name, change) => {
    const { servers, server, http, timer, secrets } = await awaiting();
    const { open, opened } = gate();
    const send = http.send.bind(http);
    let isPolling = false;
    http.send = async (request) => {
      const answered = await send(request);
      isPolling ||= request.purpose === 'poll';
      if (request.purpose === 'poll') await opened;
      return answered;
    };
    http.authorize();
    const passed = timer.advance(5_000);
    await until(() => isPolling, 'a poll');
    const saving = servers.settings.save({ ...settings, ...change });
    await settled();
    open();
    await passed;
    expect(await saving).toEqual({ ok: true, value: null });
    await settled();
    expect(server.profile).toMatchObject(change);
    expect(server.license.record).toBeNull();
    expect(server.acquisition.view()).toEqual({ state: 'idle' });
    expect(http.grants).toHaveLength(1);
    expect(http.openGrants).toEqual([]);
    expect(await secrets.read('license.p1')).toEqual({ ok: true, value: null });
  });

  /** Saves the change while the tokens of a license are being written to the entry whose name contains `part`. */
  async function savedWhileStoring(
    part: string,
    change: (typeof changes)[number][1],
    device?: Record<string, unknown>,
  ) {
    const { servers, server, http, timer, secrets } = await awaiting();
    const { open, opened } = gate();
    const write = secrets.write.bind(secrets);
    secrets.write = async (name, value) => {
      if (name.includes(part)) await opened;
      return write(name, value);
    };
    if (device) http.device = device;
    http.authorize();
    const passed = timer.advance(5_000);
    await until(() => server.acquisition.isStoring, 'the tokens');
    const saving = servers.settings.save({ ...settings, ...change });
    await settled();
    open();
    await passed;
    return { server, saved: await saving };
  }

  it.each(changes)('%s: are refused if the license is being stored then', async (_name, change) => {
    const { server, saved } = await savedWhileStoring('license.p1', change);
    expect(saved).toMatchObject({ failure: { code: 'profile_in_use' } });
    expect(server.profile).toMatchObject({ issuer: settings.issuer, clientId: settings.clientId });
    expect(await server.refresh.refreshNow()).toEqual({ ok: true, value: null });
  });

  it.each(changes)('%s: are refused if a license for another device is being put aside then', async (_name, change) => {
    const { server, saved } = await savedWhileStoring('pending', change, { server_name: 'Another store' });
    expect(saved).toMatchObject({ failure: { code: 'question_open' } });
    expect(await server.acquisition.keep()).toEqual({ ok: true, value: null });
    expect(await server.refresh.refreshNow()).toEqual({ ok: true, value: null });
  });

  it.each(changes)('%s: a server that an earlier version left so goes back to its license', async (_name, change) => {
    const earlier = await licensed();
    earlier.profiles.save('p1', { ...settings, ...change });
    const { servers, server } = await awaiting(earlier);
    await servers.begin();
    expect(server.profile).toMatchObject(change);
    expect(await servers.settings.save({ ...settings, clientId: 'third' })).toMatchObject({
      failure: { code: 'profile_in_use' },
    });
    expect((await servers.settings.save({ ...settings, ...change, scope: 'other' })).ok).toBe(true);
    expect(await servers.settings.save(settings)).toEqual({ ok: true, value: null });
    expect(server.profile).toMatchObject(settings);
    expect(await server.refresh.refreshNow()).toEqual({ ok: true, value: null });
    expect(server.license.record?.lastFailure).toBeUndefined();
  });
});

test('the return of the connection is reported when the network returns or an unreachable server answers', async () => {
  let backs = 0;
  const { servers, http } = await consoleAt(() => (backs += 1));
  const { id: _, ...settings } = profile;
  await servers.settings.save(settings);
  servers.online();
  expect(backs).toBe(1);
  const contact = () => servers.shown?.license.contactServer();
  http.fault = () => ({ ok: false, failure: failure('network_unreachable'), maybeDelivered: false });
  await contact();
  await contact();
  expect(backs).toBe(1);
  http.fault = () => undefined;
  await contact();
  await contact();
  expect(backs).toBe(2);
});

const refused = json(401, { error: 'invalid_client', error_description: 'Not for public clients' });

async function licensed() {
  const console = await consoleAt();
  const { servers, http, timer } = console;
  const { id: _, ...settings } = profile;
  await servers.settings.save(settings);
  const acquire = async (): Promise<void> => {
    await servers.shown?.acquisition.start();
    http.authorize();
    await timer.advance(5_000);
    await until(() => servers.shown?.acquisition.view().state === 'idle', 'a license');
  };
  await acquire();
  return { ...console, acquire };
}

describe('the mark of trusted time', () => {
  const { id: _, ...settings } = profile;

  /** 20 licensed servers at one Authorization server. */
  async function many(names = Array.from({ length: 20 }, (_ignored, nth) => `Store ${nth + 1}`)) {
    const console = await consoleAt();
    const { servers, http, timer } = console;
    for (const serverName of names) {
      await servers.settings.add({ ...settings, serverName });
      http.device = { server_name: serverName, server_id: serverName };
      await servers.shown?.acquisition.start();
      http.authorize();
      await timer.advance(5_000);
      await until(() => servers.shown?.license.record != null, serverName);
    }
    const written: string[] = [];
    const write = console.documents.write.bind(console.documents);
    console.documents.write = (name, document) => {
      if (name.startsWith('license.')) written.push(name);
      return write(name, document);
    };
    return { ...console, written };
  }

  /** A process that ends without notice: the next one has the mark of the record that is newest. */
  async function expectKept({
    documents,
    trustedTime,
  }: Pick<Awaited<ReturnType<typeof many>>, 'documents' | 'trustedTime'>) {
    const next = await consoleAt(() => {}, { documents });
    expect(next.servers.all.length).toBeGreaterThan(0);
    expect(Math.abs((next.trustedTime.markAt ?? 0) - (trustedTime.markAt ?? 0))).toBeLessThan(60_000);
  }

  it('is saved by the one server of 20 that got an answer, and by all at the end', async () => {
    const console = await many();
    const { servers, timer, written } = console;
    await timer.advance(10 * 60_000);
    written.length = 0;
    expect((await servers.of('p7')?.refresh.refreshNow())?.ok).toBe(true);
    expect(new Set(written)).toEqual(new Set(['license.p7']));
    await expectKept(console);
    written.length = 0;
    await servers.close();
    expect(new Set(written).size).toBe(20);
  });

  it('is saved in one other record if the server that got the answer has no license', async () => {
    const console = await many();
    const { servers, timer, written } = console;
    await servers.settings.add({ ...settings, serverName: 'New store' });
    await timer.advance(10 * 60_000);
    written.length = 0;
    expect((await servers.of('p21')?.license.contactServer())?.ok).toBe(true);
    expect(written).toHaveLength(1);
    await expectKept(console);
    await servers.of('p21')?.license.contactServer();
    expect(written).toHaveLength(1);
  });

  it.each(['forgotten', 'unlicensed', 'unlicensed at this computer only'])(
    'stays on the disk when the server that got the last answer is %s',
    async (then) => {
      const console = await many();
      const { servers, timer, written } = console;
      await timer.advance(10 * 60_000);
      expect((await servers.of('p7')?.refresh.refreshNow())?.ok).toBe(true);
      written.length = 0;
      const ended =
        then === 'forgotten'
          ? await servers.forgetProfile('p7', 'leave_open')
          : await servers.of('p7')?.remove(then !== 'unlicensed');
      expect(ended?.ok).toBe(true);
      expect(written.filter((name) => name !== 'license.p7')).toHaveLength(1);
      await expectKept(console);
    },
  );

  it('is saved by a server that answers the question about the time', async () => {
    const { servers, clock, trustedTime, written } = await many(['Store 1', 'Store 2']);
    written.length = 0;
    clock.sleep(3 * 86_400_000);
    await trustedTime.settle();
    expect(trustedTime.evaluate().clock).toEqual({ state: 'right' });
    expect(written).toHaveLength(1);
    expect(servers.all).toHaveLength(2);
  });
});

test('a notice reports an old grant that the server does not revoke', async () => {
  const { notices, http, acquire } = await licensed();
  http.fault = (endpoint) => (endpoint === 'revocation' ? refused : undefined);
  await acquire();
  await until(() => notices.all.length > 0, 'the notice');
  expect(notices.all).toEqual([{ id: 'authorization_left_open' }]);
});

test('an interrupted removal that the server then refuses brings the license back, with the reason', async () => {
  const { servers, http, documents, secrets } = await licensed();
  let isAsked = false;
  http.send = () => {
    isAsked = true;
    return new Promise(() => {});
  };
  void servers.shown?.license.remove(false);
  await until(() => isAsked, 'the revocation');
  const again = await consoleAt(() => {}, { documents, secrets });
  again.http.fault = (endpoint) => (endpoint === 'revocation' ? refused : undefined);
  await again.servers.begin();
  const quiet = quietState(profile, 0);
  const shown = () => again.servers.state(quiet.pane, quiet.background);
  expect(shown().license).not.toBeNull();
  expect(shown().removal).toMatchObject({
    state: 'undone',
    failure: { code: 'revocation_refused', detail: 'Not for public clients' },
  });
  again.servers.shown?.setRemoval({ state: 'idle' });
  expect(shown().removal).toEqual({ state: 'idle' });
});

test('a removal by the window and a terminal at once shows as removed, without a failure', async () => {
  const { servers } = await consoleAt();
  const { id: _, ...settings } = profile;
  await servers.settings.save(settings);
  const server = servers.shown;
  if (!server) throw new Error('No server');
  const quiet = quietState(profile, 0);
  const shown = () => servers.state(quiet.pane, quiet.background).removal;
  const gone = { state: 'failed', failure: failure('not_licensed') } as const;
  server.setRemoval({ state: 'removing' });
  server.setRemoval({ state: 'removing' });
  server.setRemoval({ state: 'removed', revoked: true });
  server.setRemoval(gone);
  expect(shown()).toEqual({ state: 'removed', revoked: true });
  server.setRemoval({ state: 'removing' });
  server.setRemoval(gone);
  expect(shown()).toEqual({ state: 'idle' });
  server.setRemoval({ state: 'failed', failure: failure('revocation_failed') });
  expect(shown().state).toBe('failed');
});

test('renaming a server needs no Authorization server and keeps an open User Code', async () => {
  const { servers, http, profiles, shown, timer } = await consoleAt();
  const { id: _, ...settings } = profile;
  await servers.settings.add(settings);
  await servers.settings.add({ ...settings, serverName: 'Store 015' });
  await servers.shown?.acquisition.start();
  const { length: asked } = http.requests;
  const { length: times } = shown;
  expect(servers.settings.rename('p2', ' Store 016 ')).toEqual(succeed(null));
  expect(http.requests).toHaveLength(asked);
  expect(shown).toHaveLength(times);
  expect(servers.standing().servers.map(({ serverName }) => serverName)).toEqual(['Store 014', 'Store 016']);
  expect(profiles.current).toMatchObject({ id: 'p2', serverName: 'Store 016' });
  http.device = { server_name: 'Store 016' };
  http.authorize();
  await timer.advance(5_000);
  await until(() => servers.shown?.license.record != null, 'a license');
  expect(servers.settings.rename('p2', 'store_014')).toMatchObject({ failure: { code: 'server_name_taken' } });
  expect(servers.settings.rename('p2', ' ')).toMatchObject({ failure: { code: 'profile_incomplete' } });
  expect(servers.settings.rename('p9', 'Store 017')).toMatchObject({ failure: { code: 'server_unknown' } });
  expect(servers.shown?.profile.serverName).toBe('Store 016');
  expect(servers.shown?.license.view()).not.toBeNull();
});

test('adding a server unchecked needs no Authorization server; the first contact checks its address', async () => {
  const { servers, http, profiles } = await consoleAt();
  const { id: _, ...settings } = profile;
  for (const [address, code] of [
    ['auth.example', 'issuer_malformed'],
    ['http://auth.example', 'issuer_insecure'],
  ])
    expect(await servers.settings.addUnchecked({ ...settings, issuer: address ?? '' })).toMatchObject({
      failure: { code },
    });
  expect(profiles.all).toEqual([]);
  expect(await servers.settings.addUnchecked({ ...settings, issuer: `${issuer}/` })).toEqual(succeed(null));
  expect(http.requests).toEqual([]);
  expect(profiles.current).toMatchObject({ ...settings, issuer });
  expect(await servers.settings.addUnchecked(settings)).toMatchObject({ failure: { code: 'server_name_taken' } });
  expect(await servers.shown?.acquisition.start()).toEqual(succeed(null));
  http.authorize();
});

test('a wrong address of a server that was added unchecked is named at the first contact, and nothing else is lost', async () => {
  const { servers } = await consoleAt();
  const { id: _, ...settings } = profile;
  expect(await servers.settings.addUnchecked({ ...settings, issuer: `${issuer}/other` })).toEqual(succeed(null));
  expect((await servers.shown?.acquisition.start())?.ok).toBe(false);
  expect(await servers.settings.save(settings)).toEqual(succeed(null));
  expect(servers.shown?.profile.issuer).toBe(issuer);
});

test('settings for a missing server change nothing, and leave a server added meanwhile as it is', async () => {
  const { servers, profiles } = await consoleAt();
  const { id: _, ...settings } = profile;
  expect(await servers.settings.save(settings, 'p9')).toMatchObject({ failure: { code: 'server_unknown' } });
  expect(profiles.all).toEqual([]);
  await Promise.all([servers.settings.save(settings), servers.settings.save({ ...settings, serverName: 'Store 015' })]);
  expect(profiles.all.map(({ serverName }) => serverName).toSorted()).toEqual(['Store 014', 'Store 015']);
});

test('with many servers, the start reads only the shown one; the others begin after the first paint', async () => {
  const { id: _, ...kept } = profile;
  const ids = Array.from({ length: 50 }, (_, index) => `s${index}`);
  const profiles = Object.fromEntries(ids.map((id) => [id, { ...kept, serverName: `Store ${id}` }]));
  const document = { version: 1, currentProfileId: 's7', profiles, pane: {} };
  const documents = new MemoryDocuments(new Map([['settings', JSON.stringify(document)]]));
  const readNames: string[] = [];
  const { read } = { read: documents.read.bind(documents) };
  documents.read = (name) => {
    readNames.push(name);
    return read(name);
  };
  const { servers, timer } = await consoleAt(() => {}, { documents });
  const restored = () => readNames.filter((name) => name.startsWith('license.'));
  expect(restored()).toEqual(['license.s7']);
  expect(servers.state(emptyPane, quietState(profile, 0).background).servers).toHaveLength(50);
  expect(servers.standing().servers.map(({ profileId }) => profileId)).toEqual(['s7']);
  expect(restored()).toEqual(['license.s7']);
  const begun = servers.begin();
  await timer.advance(5_000);
  await begun;
  expect(new Set(restored()).size).toBe(50);
  expect(restored()).toHaveLength(50);
  expect(servers.standing().servers).toHaveLength(50);
});

test('with many servers, each is available when needed, even before it has begun', async () => {
  const { id: _, ...kept } = profile;
  const profiles = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((id) => [id, { ...kept, serverName: id }]));
  const document = { version: 1, currentProfileId: 'a', profiles, pane: {} };
  const documents = new MemoryDocuments(new Map([['settings', JSON.stringify(document)]]));
  const { servers } = await consoleAt(() => {}, { documents });
  expect(servers.chooseProfile('d').ok).toBe(true);
  expect(servers.shown?.profileId).toBe('d');
  expect(servers.all).toHaveLength(6);
  expect(servers.hasWork).toBe(false);
});
