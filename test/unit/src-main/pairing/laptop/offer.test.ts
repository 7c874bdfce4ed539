import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../../fakes/eventually.ts';
import { readPairingText } from '../../../../../src-main/pairing/pairing-qr.ts';
import type { LaptopLink } from '../../../../../src-main/pairing/server/laptop-link.ts';
import type { HttpOutcome } from '../../../../../src-main/ports/http.ts';
import { OpenedScenes } from '../../../../fakes/opened-scenes.ts';
import { metadata, PairingScene, serverReport } from '../../../../fakes/pairing-scene.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';
import { html, json, noAnswer } from '../../../../fakes/scripted-http.ts';

const opened = new OpenedScenes();
afterEach(() => opened.close());

/** Follows the pairing until the result is called, as after a connection that broke. */
async function follow(scene: PairingScene, link: LaptopLink): Promise<() => Promise<void>> {
  const connected = () => scene.offer.view()?.servers.filter((server) => server.connected).length ?? 0;
  const before = connected();
  void link.follow({ onStanding: () => {}, onEnd: () => {}, onGone: () => {} });
  await eventually(connected).toBe(before + 1);
  return async () => {
    link.closeConnections();
    await eventually(connected).toBe(before);
  };
}

const first = (scene: PairingScene) => scene.offer.view()?.servers[0];

describe('an offer to help', () => {
  it('is shown from its start, and after its end until a person dismisses it', async () => {
    const scene = await opened.scene();
    expect(scene.offer.view()).toBeNull();
    scene.offer.end();
    scene.offer.dismiss();
    expect(scene.offer.view()).toBeNull();
    await scene.offer.start();
    expect(scene.offer.view()).toMatchObject({ state: 'open', servers: [] });
    scene.offer.dismiss();
    expect(scene.offer.view()?.state).toBe('open');
    scene.offer.end();
    expect(scene.offer.view()).toMatchObject({ state: 'ended', end: 'person', code: null, qr: null });
    scene.offer.dismiss();
    expect(scene.offer.view()).toBeNull();
  });

  it('starts once, however often it is requested', async () => {
    const scene = await opened.scene();
    await Promise.all([scene.offer.start(), scene.offer.start()]);
    const { address, code } = scene;
    await scene.offer.start();
    expect([scene.address, scene.code]).toEqual([address, code]);
  });

  it('starts again with a new code and a new certificate', async () => {
    const scene = await opened.scene();
    await scene.offer.start();
    const before = readPairingText(scene.offer.view()?.qr ?? '');
    scene.offer.end();
    await scene.offer.start();
    const after = readPairingText(scene.offer.view()?.qr ?? '');
    expect([before, after]).not.toContain(null);
    expect(after?.code).not.toBe(before?.code);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
  });

  it('takes a free port if another program has the usual one', async () => {
    const other = createServer();
    other.listen(0);
    await once(other, 'listening');
    opened.add(() => other.close());
    const { port } = other.address() as { port: number };
    const scene = await opened.scene({ settings: { port } });
    expect(await scene.offer.start()).toMatchObject({ ok: true });
    expect(scene.port).not.toBe(port);
    expect(await scene.pairing.pair('p1', scene.address, scene.code)).toMatchObject({ ok: true });
  });

  it('fails if this laptop is in no network', async () => {
    const scene = await opened.scene({ settings: { addresses: () => [] } });
    expect(await scene.offer.start()).toMatchObject({ ok: false, failure: { code: 'help_no_network' } });
    expect(scene.offer.view()).toMatchObject({ state: 'ended', end: 'failed', failureCode: 'help_no_network' });
    expect(scene.log.text).toContain('help_no_network');
  });

  it('fails if it cannot listen', async () => {
    const scene = await opened.scene({ settings: { port: -1 } });
    expect(await scene.offer.start()).toMatchObject({ ok: false, failure: { code: 'help_port_unusable' } });
    expect(scene.offer.view()).toMatchObject({ state: 'ended', failureCode: 'help_port_unusable' });
  });

  it('helps a limited number of servers at once, and another one after one has left', async () => {
    const scene = await opened.scene({ settings: { limits: { servers: 1 } } });
    await scene.offer.start();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.connected).toBe(true);
    expect(scene.offer.view()).toMatchObject({ code: null, qr: null });
    expect(first(scene)).toMatchObject({ left: false });
    scene.pairing.end();
    await eventually(() => scene.code).not.toBe('');
    expect(first(scene)).toMatchObject({ connected: false, left: true, link: 'none' });
  });

  it('does not report its servers as having left when it ends', async () => {
    const scene = await opened.scene();
    await scene.offer.start();
    await scene.pairing.pair('p1', scene.address, scene.code);
    scene.offer.end();
    expect(first(scene)).toMatchObject({ connected: false, left: false });
  });

  it('shows a server that was paired again only once', async () => {
    const scene = await opened.scene();
    await scene.offer.start();
    const before = scene.code;
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.report).not.toBeNull();
    await eventually(() => scene.code).not.toBe(before);
    const { id } = first(scene) ?? {};
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => scene.offer.view()?.servers.map(({ connected }) => connected)).toEqual([true]);
    expect(first(scene)?.id).not.toBe(id);
  });

  it('keeps the pairing of a console that only reconnects, next to a copy of its server', async () => {
    const clock = new FakeClock();
    const scene = await opened.scene({ clock, timer: new HandTimer(clock) });
    scene.known = ['https://auth.example'];
    const [original, copy] = [await opened.linkTo(scene), await opened.linkTo(scene)];
    await original.report(serverReport());
    const breakConnection = await follow(scene, original);
    await copy.report(serverReport());
    await breakConnection();
    await eventually(() => first(scene)?.issuer.state).toBe('confirmed');
    const tunnel = await original.tunnel('auth.example:443');
    clock.advance(14_999);
    await copy.report(serverReport());
    expect(await original.report(serverReport())).not.toBeNull();

    clock.advance(15_000);
    await copy.report(serverReport());
    expect(scene.offer.view()?.servers).toHaveLength(2);
    original.closeConnections();
    if ('socket' in tunnel) tunnel.socket.destroy();
    await eventually(() => first(scene)?.relayed[0]?.openConnections).toBe(0);
    await copy.report(serverReport());
    expect(scene.offer.view()?.servers).toHaveLength(1);
    expect(await original.report(serverReport())).toBeNull();
  });

  it('drops the pairing of a console that was restarted at the first report of the new one', async () => {
    const scene = await opened.scene();
    const before = await opened.linkTo(scene);
    await before.report(serverReport());
    const breakConnection = await follow(scene, before);
    const now = await opened.linkTo(scene);
    await breakConnection();
    await now.report(serverReport());
    expect(scene.offer.view()?.servers).toHaveLength(1);
    expect(await before.report(serverReport())).toBeNull();
  });

  it('shows the addresses of the network into which the laptop was carried', async () => {
    const clock = new FakeClock();
    const timer = new HandTimer(clock);
    let addresses = [{ host: '192.168.1.20', card: 'Wi-Fi' }];
    const scene = await opened.scene({ clock, timer, settings: { addresses: () => addresses } });
    await scene.offer.start();
    const { port } = scene;
    const { code } = scene;
    expect(scene.offer.view()?.port).toBe(port);
    addresses = [];
    await timer.advance(5_000);
    expect(scene.address).toBe(`192.168.1.20:${port}`);
    addresses = [
      { host: '10.0.0.7', card: 'Wi-Fi\u202E' },
      { host: '192.168.2.9', card: 'Ethernet' },
    ];
    await timer.advance(5_000);
    expect(scene.offer.view()?.addresses).toEqual([
      { address: `10.0.0.7:${port}`, card: 'Wi-Fi' },
      { address: `192.168.2.9:${port}`, card: 'Ethernet' },
    ]);
    expect(scene.code).toBe(code);
    expect(readPairingText(scene.offer.view()?.qr ?? '')?.addresses).toHaveLength(2);
  });

  it('ends on time, even if the computer slept meanwhile', async () => {
    const clock = new FakeClock();
    const timer = new HandTimer(clock);
    const scene = await opened.scene({ clock, timer });
    await scene.offer.start();
    await timer.advance(3_600_000);
    expect(scene.offer.view()?.state).toBe('open');
    clock.sleep(3_600_000);
    await timer.advance(5_000);
    scene.offer.resume();
    expect(scene.offer.view()).toMatchObject({ state: 'ended', end: 'time' });
    expect(timer.count).toBe(0);
    scene.offer.resume();
  });

  it('goes on after a sleep that leaves time, and ends as it has promised', async () => {
    const clock = new FakeClock();
    const timer = new HandTimer(clock);
    const scene = await opened.scene({ clock, timer });
    await scene.offer.start();
    const { endsAt = 0 } = scene.offer.view() ?? {};
    clock.sleep(3_600_000);
    scene.offer.resume();
    expect(scene.offer.view()).toMatchObject({ state: 'open', endsAt });
    await timer.advance(3_595_000);
    expect(scene.offer.view()?.state).toBe('open');
    await timer.advance(5_000);
    expect(scene.offer.view()).toMatchObject({ state: 'ended', end: 'time' });
    expect(clock.wallNow()).toBe(endsAt);
  });

  it.each([-3, 3])(
    'lasts two hours if the clock is set by %d hours meanwhile, and says when it ends by that clock',
    async (hours) => {
      const clock = new FakeClock();
      const timer = new HandTimer(clock);
      let changes = 0;
      const scene = await opened.scene({ clock, timer, onChanged: () => (changes += 1) });
      await scene.offer.start();
      const link = await opened.linkTo(scene);
      const { endsAt = 0 } = scene.offer.view() ?? {};
      await timer.advance(60_000);
      clock.wallErrorMs = hours * 3_600_000;
      expect(await link.report(serverReport())).toMatchObject({ remainingSeconds: 7_140 });
      await timer.advance(1_000);
      changes = 0;
      await timer.advance(5_000);
      expect(changes).toBe(1);
      expect(scene.offer.view()).toMatchObject({ state: 'open', endsAt: endsAt + hours * 3_600_000 });
      await timer.advance(7_130_000);
      expect(scene.offer.view()?.state).toBe('open');
      await timer.advance(5_000);
      expect(scene.offer.view()).toMatchObject({ state: 'ended', end: 'time' });
    },
  );

  it('cleans each report and passes it on', async () => {
    const names: string[] = [];
    const scene = await opened.scene({ onReport: ({ serverName }) => names.push(serverName) });
    scene.report = serverReport({ serverName: 'Store\u202E 1\u0007' });
    await scene.offer.start();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => names[0]).toBe('Store 1');
  });

  it('passes on at most one report per second, and always the last one', async () => {
    const names: string[] = [];
    const clock = new FakeClock();
    const timer = new HandTimer(clock);
    const scene = await opened.scene({ clock, timer, onReport: ({ serverName }) => names.push(serverName) });
    const link = await opened.linkTo(scene);
    for (const serverName of ['1', '2', '3']) await link.report(serverReport({ serverName }));
    expect(names).toEqual(['1']);
    await timer.advance(1_000);
    expect(names).toEqual(['1', '3']);
    await link.report(serverReport({ serverName: '4' }));
    scene.offer.end();
    expect(names).toEqual(['1', '3', '4']);
  });

  it('accepts reports of only one server in a pairing', async () => {
    const ids: string[] = [];
    const scene = await opened.scene({ onReport: ({ id }) => ids.push(id) });
    const link = await opened.linkTo(scene);
    await link.report(serverReport());
    for (let nth = 0; nth < 5; nth += 1) await link.report(serverReport({ id: `other-${nth}`, issuer: 'https://x' }));
    expect(first(scene)?.report).toEqual(serverReport());
    scene.offer.end();
    expect(ids).toEqual(['store-014']);
  });
});

describe('an issuer that a person confirms', () => {
  it.each<[string, () => HttpOutcome, object]>([
    ['publishes its hosts', () => json(200, metadata), { state: 'confirmed' }],
    [
      'cannot be reached from here',
      () => noAnswer('network_unreachable'),
      { state: 'failed', code: 'network_unreachable' },
    ],
    ['is no Authorization server', () => html(404), { state: 'failed', code: 'metadata_not_found' }],
    [
      'publishes another issuer',
      () => json(200, { ...metadata, issuer: 'https://evil.example' }),
      { state: 'failed', code: 'issuer_mismatch' },
    ],
    [
      'has only IP addresses',
      () =>
        json(200, {
          issuer: 'https://10.0.0.1',
          device_authorization_endpoint: 'https://10.0.0.1/d',
          token_endpoint: 'https://10.0.0.1/t',
          jwks_uri: 'https://10.0.0.1/k',
        }),
      { state: 'failed', code: 'issuer_without_name', facts: { host: '10.0.0.1' } },
    ],
    ['is an address without https', () => json(200, metadata), { state: 'failed', code: 'issuer_insecure' }],
    [
      'has an endpoint with an IP address',
      () => json(200, { ...metadata, jwks_uri: 'https://10.0.0.1:8443/keys' }),
      { state: 'failed', code: 'issuer_without_name', facts: { host: '10.0.0.1:8443' } },
    ],
    [
      'is trusted only by the store’s computer',
      () => noAnswer('certificate_untrusted'),
      { state: 'failed', code: 'issuer_untrusted_by_laptop', facts: { host: 'auth.example' } },
    ],
  ])('%s', async (name, answer, trust) => {
    const scene = await opened.scene({ http: { send: async () => answer() } });
    if (name.includes('only IP')) scene.report = serverReport({ issuer: 'https://10.0.0.1' });
    if (name.includes('without https')) scene.report = serverReport({ issuer: 'http://auth.example' });
    await scene.offer.start();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.report).not.toBeNull();
    scene.offer.confirmIssuer(first(scene)?.id ?? '');
    expect(first(scene)?.issuer.state).toBe('checking');
    await eventually(() => first(scene)?.issuer).toMatchObject(trust);
    await eventually(() => scene.way).toBe('hosts' in (first(scene)?.issuer ?? {}) ? 'relaying' : 'unconfirmed');
  });

  it('is contacted again if the person confirms again after a failure', async () => {
    let isUp = false;
    const scene = await opened.scene({
      http: { send: async () => (isUp ? json(200, metadata) : noAnswer('network_unreachable')) },
    });
    await scene.offer.start();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.report).not.toBeNull();
    scene.offer.confirmIssuer(first(scene)?.id ?? '');
    await eventually(() => first(scene)?.issuer.state).toBe('failed');
    isUp = true;
    scene.offer.confirmIssuer(first(scene)?.id ?? '');
    await eventually(() => first(scene)?.issuer.state).toBe('confirmed');
  });

  it('is contacted once, however often a server switches between issuers', async () => {
    const scene = await opened.scene();
    scene.known = ['https://auth.example'];
    const link = await opened.linkTo(scene);
    for (let nth = 0; nth < 5; nth += 1) {
      await link.report(serverReport({ issuer: 'https://other.example' }));
      expect(first(scene)?.issuer.state).toBe('unconfirmed');
      await link.report(serverReport({ issuer: nth % 2 === 0 ? 'https://auth.example' : 'https://AUTH.example/' }));
      await eventually(() => first(scene)?.issuer.state).toBe('confirmed');
    }
    expect(scene.asked).toHaveLength(1);
  });

  it('is contacted again a minute after a failure at the earliest, unless the person asks', async () => {
    const clock = new FakeClock();
    const timer = new HandTimer(clock);
    let asked = 0;
    const send = async () => {
      asked += 1;
      return noAnswer('network_unreachable');
    };
    const scene = await opened.scene({ clock, timer, http: { send } });
    scene.known = ['https://auth.example'];
    const link = await opened.linkTo(scene);
    const alternate = async () => {
      await link.report(serverReport({ issuer: 'https://other.example' }));
      await link.report(serverReport());
      await eventually(() => first(scene)?.issuer.state).toBe('failed');
    };
    await alternate();
    await alternate();
    const once = asked;
    await alternate();
    expect(asked).toBe(once);
    scene.offer.confirmIssuer(first(scene)?.id ?? '');
    await eventually(() => asked).toBe(2 * once);
    await eventually(() => first(scene)?.issuer.state).toBe('failed');
    await timer.advance(60_000);
    await alternate();
    expect(asked).toBe(3 * once);
  });

  it('does not exist for an unknown server, or before its first report', async () => {
    const scene = await opened.scene();
    scene.report = null;
    await scene.offer.start();
    await scene.pairing.pair('p1', scene.address, scene.code);
    scene.offer.confirmIssuer('unknown');
    scene.offer.confirmIssuer(first(scene)?.id ?? '');
    expect(first(scene)?.issuer).toEqual({ state: 'unconfirmed' });
    expect(scene.asked).toEqual([]);
  });
});
