import { clockAheadOf } from '../../../../../src-shared/pairing/laptop-view.ts';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../../fakes/eventually.ts';
import { makeOfferCertificate } from '../../../../../src-main/pairing/laptop/offer-certificate.ts';
import type { RelayWay } from '../../../../../src-main/ports/relay.ts';
import { systemClock } from '../../../../../src-main/adapters/computer/system-clock.ts';
import { Cable } from '../../../../fakes/cable.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';
import { PairingScene, serverReport } from '../../../../fakes/pairing-scene.ts';

const soon = { connectMs: 2_000, answerMs: 2_000, tunnelMs: 2_000, goneMs: 400, tryAgainMs: 50, reportPauseMs: 10 };
/** The cable alone leads to the laptop: the address that the laptop itself names leads nowhere. */
const behindCable = { settings: { addresses: () => ['255.255.255.255'] } };
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

async function openScene(...options: Parameters<typeof PairingScene.open>): Promise<PairingScene> {
  const scene = await PairingScene.open(options[0], { limits: soon, ...options[1] });
  open.push(() => scene.close());
  await scene.offer.start();
  return scene;
}

async function openCable(scene: PairingScene): Promise<Cable> {
  const cable = await Cable.to(scene.port);
  open.push(() => cable.close());
  return cable;
}

/** The socket that the network stack would open to the relay's proxy, and everything received over it. */
function tunnelBy(way: RelayWay | null | undefined, authority = 'auth.example:443') {
  const socket = connect(way?.port ?? 0, '127.0.0.1');
  socket.on('error', () => {});
  open.push(() => socket.destroy());
  const credentials = Buffer.from(`${way?.name}:${way?.password}`).toString('base64');
  socket.write(
    `CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\nproxy-authorization: Basic ${credentials}\r\n\r\n`,
  );
  const seen = { socket, text: '' };
  socket.on('data', (chunk: Buffer) => (seen.text += chunk.toString('latin1')));
  return seen;
}

const first = (scene: PairingScene) => scene.offer.view()?.servers[0];
const sockets = () => process.getActiveResourcesInfo().filter((name) => /^T(?:CP|LS)/.test(name)).length;

describe('a server’s console and a laptop', () => {
  it('compare their clocks: the server is shown a difference, unless a server has confirmed its own clock', async () => {
    const clock = new FakeClock(Date.now());
    clock.wallErrorMs = -2 * 3_600_000;
    let isClockConfirmed = false;
    const scene = await openScene({}, { clock, isClockConfirmed: () => isClockConfirmed });
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => clockAheadOf(scene.pairing.view())).toBe(2 * 3_600_000);
    isClockConfirmed = true;
    expect(scene.pairing.view()).not.toHaveProperty('clockAheadMs');
    isClockConfirmed = false;
    clock.wallErrorMs = 0;
    expect(scene.pairing.view()).not.toHaveProperty('clockAheadMs');
    scene.pairing.end();
    clock.wallErrorMs = -2 * 3_600_000;
    expect(scene.pairing.view()).not.toHaveProperty('clockAheadMs');
  });

  it('pair, report, and relay to a host of the confirmed issuer', async () => {
    const scene = await openScene();
    const { code } = scene;
    expect(await scene.pairing.pair('p1', scene.address, code)).toEqual({ ok: true, value: null });
    const view = scene.paired;
    expect(view).toMatchObject({ state: 'paired', profileId: 'p1', way: 'unconfirmed' });
    await eventually(() => first(scene)).toMatchObject({
      words: view?.words,
      connected: true,
      report: { id: 'store-014' },
    });
    await eventually(() => scene.code).toMatch(/^[A-Z]{4} [A-Z]{4}$/);
    expect(scene.code).not.toBe(code);
    expect(scene.asked).toEqual([]);

    scene.offer.confirmIssuer(first(scene)?.id ?? '');
    await eventually(() => scene.way).toBe('relaying');
    expect(first(scene)?.issuer).toEqual({
      state: 'confirmed',
      hosts: ['auth.example:443', 'token.auth.example:8443'],
    });
    const tunnel = tunnelBy(scene.relays.at(-1));
    await eventually(() => tunnel.text).toContain('200 Connection established');
    tunnel.socket.write('hello');
    await eventually(() => tunnel.text).toContain('hello');
    expect(scene.reached).toEqual(['auth.example:443']);
    expect(first(scene)?.relayed).toEqual([{ to: 'auth.example:443', openConnections: 1, bytesUp: 5, bytesDown: 5 }]);
    const closed = once(tunnel.socket, 'close');
    scene.offer.end();
    await closed;
    await eventually(() => scene.pairing.view()).toMatchObject({ state: 'ended', failureCode: 'pairing_ended' });
    expect(scene.relays.at(-1)).toBe(null);
  });

  it('pair by the QR code alone', async () => {
    const scene = await openScene();
    expect(await scene.pairing.pair('p1', '', `${scene.offer.view()?.qr?.toLowerCase()}\r\n`)).toMatchObject({
      ok: true,
    });
  });

  it('relay nothing, and ask nobody, until a person confirms the issuer', async () => {
    const scene = await openScene();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.issuer.state).toBe('unconfirmed');
    expect(scene.relays).toEqual([]);
    expect(scene.asked).toEqual([]);
    expect(scene.offer.linkFor(first(scene)?.id ?? '')).toBeNull();
  });

  it('need no question if the laptop already knows the issuer', async () => {
    const scene = await openScene();
    scene.known = ['https://AUTH.example/'];
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
  });

  it('stop relaying as soon as the server names another issuer', async () => {
    const scene = await openScene();
    scene.known = ['https://auth.example'];
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    const tunnel = tunnelBy(scene.relays.at(-1));
    await eventually(() => tunnel.text).toContain(' 200 ');
    scene.report = serverReport({ issuer: 'https://evil.example' });
    scene.pairing.look();
    await eventually(() => tunnel.socket.closed).toBe(true);
    await eventually(() => scene.way).toBe('unconfirmed');
    // The person saw the previous issuer.
    scene.offer.confirmIssuer(first(scene)?.id ?? '', 'https://auth.example');
    expect(first(scene)?.issuer).toEqual({ state: 'unconfirmed' });
  });

  it('send a report at each change', async () => {
    const scene = await openScene();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.report?.acquisition.state).toBe('idle');
    scene.report = serverReport({ failureCodes: ['clock_wrong'] });
    await eventually(() => {
      scene.pairing.look();
      return first(scene)?.report?.failureCodes;
    }).toEqual(['clock_wrong']);
  });
});

describe('the link to the page where the code is entered', () => {
  it.each<[string, Record<string, string>, { readonly address: string; readonly filledIn: boolean } | null]>([
    [
      'has the code filled in',
      { verificationUriComplete: 'https://auth.example/d?c=123456' },
      { address: 'https://auth.example/d?c=123456', filledIn: true },
    ],
    ['is plain without that', {}, { address: 'https://auth.example/d', filledIn: false }],
    [
      'is plain if the filled-in one leads elsewhere',
      { verificationUriComplete: 'https://evil.example/d?c=123456' },
      { address: 'https://auth.example/d', filledIn: false },
    ],
    ['is that of the issuer instead of one on another host', { verificationUri: 'https://evil.example/d' }, null],
    [
      'is that of the issuer instead of one on a host where no code is entered',
      { verificationUri: 'https://token.auth.example:8443/d' },
      null,
    ],
    ['is that of the issuer instead of one at another port', { verificationUri: 'https://auth.example:8080/d' }, null],
    ['is that of the issuer instead of one without https', { verificationUri: 'http://auth.example/d' }, null],
    [
      'is that of the issuer instead of one with a script',
      { verificationUri: 'javascript:alert(1)//auth.example' },
      null,
    ],
    [
      'is that of the issuer instead of one with a user',
      { verificationUri: 'https://auth.example@evil.example/d' },
      null,
    ],
    ['does not exist without a code', { userCode: '' }, null],
  ])('%s', async (_name, changes, link) => {
    const scene = await openScene();
    scene.known = ['https://auth.example'];
    const acquisition = {
      state: 'idle' as const,
      userCode: '123 456',
      verificationUri: 'https://auth.example/d',
      ...changes,
    };
    scene.report = serverReport({ acquisition });
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.issuer.state).toBe('confirmed');
    const found = scene.offer.linkFor(first(scene)?.id ?? '');
    const opened = link ?? { address: 'https://auth.example', filledIn: false };
    const isNone = acquisition.userCode === '';
    expect(found).toEqual(isNone ? null : { issuer: 'https://auth.example', userCode: '123 456', ...opened });
    expect(first(scene)?.link).toBe(link === null ? 'none' : link.filledIn ? 'filled_in' : 'plain');
  });
});

describe('a machine in the middle', () => {
  async function between(scene: PairingScene) {
    const own = await makeOfferCertificate(Date.now());
    let heard = '';
    let handshakes = 0;
    const machine = createTlsServer({ key: own.key, cert: own.certificate }, (near) => {
      const far = connectTls({ host: '127.0.0.1', port: scene.port, rejectUnauthorized: false });
      const end = () => {
        near.destroy();
        far.destroy();
      };
      near.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
      for (const socket of [near, far]) socket.on('error', end).once('close', end);
      near.pipe(far).pipe(near);
    });
    machine.on('connection', () => (handshakes += 1));
    machine.listen(0, '127.0.0.1');
    await once(machine, 'listening');
    open.push(() => machine.close());
    return { port: (machine.address() as { port: number }).port, heard: () => heard, handshakes: () => handshakes };
  }

  it('learns nothing with its own certificate, and the offer counts one guess', async () => {
    const scene = await openScene();
    const machine = await between(scene);
    const { code } = scene;
    const paired = await scene.pairing.pair('p1', `127.0.0.1:${machine.port}`, code);
    expect(paired.ok ? '' : paired.failure.code).toBe('pairing_code_wrong');
    expect(machine.heard()).toContain('/pairing/start');
    expect(machine.heard()).not.toContain('/pairing/finish');
    expect(machine.heard()).not.toContain(code.replace(' ', ''));
    await eventually(() => scene.log.said.filter(({ event }) => event === 'wrong_code')).toMatchObject([{ count: 1 }]);
    expect(scene.offer.view()).toMatchObject({ state: 'open', code, servers: [], wrongFrom: ['127.0.0.1'] });
    expect(scene.pairing.view()).toMatchObject({ state: 'ended', failureCode: 'pairing_code_wrong' });
    expect(await scene.pairing.pair('p1', scene.address, code)).toMatchObject({ ok: true });
    expect(scene.offer.view()?.wrongFrom).toEqual([]);
  });

  it('receives nothing if the QR code named the certificate', async () => {
    const scene = await openScene();
    const machine = await between(scene);
    const paired = await scene.pairing.pair('p1', `127.0.0.1:${machine.port}`, scene.offer.view()?.qr ?? '');
    expect(paired.ok ? '' : paired.failure.code).toBe('pairing_code_wrong');
    expect(machine.heard()).toBe('');
    expect(scene.log.text).not.toContain('wrong_code');
  });

  it('receives nothing if it takes over after the pairing', async () => {
    const scene = await openScene(behindCable);
    scene.known = ['https://auth.example'];
    const machine = await between(scene);
    const cable = await openCable(scene);
    await scene.pairing.pair('p1', cable.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    cable.cut();
    cable.leadTo(machine.port);
    cable.mend();
    await eventually(() => machine.handshakes()).toBeGreaterThan(1);
    await eventually(() => scene.way).toBe('gone');
    expect(machine.heard()).toBe('');
  });
});

describe('a laptop whose address is lost', () => {
  it('is found again at another that it names, and requests go through it again', async () => {
    const scene = await openScene();
    scene.known = ['https://auth.example'];
    const cable = await openCable(scene);
    await scene.pairing.pair('p1', cable.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    cable.cut();
    await eventually(() => scene.relays.at(-1)).toBeNull();
    await eventually(() => scene.way).toBe('relaying');
    const tunnel = tunnelBy(scene.relays.at(-1));
    await eventually(() => tunnel.text).toContain(' 200 ');
  });
});

describe('a laptop that goes away', () => {
  it('is named after a while; requests go directly at once, and through the laptop again when it is back', async () => {
    const back: string[] = [];
    const scene = await openScene(behindCable, { onBack: (profileId) => back.push(profileId) });
    scene.known = ['https://auth.example'];
    const cable = await openCable(scene);
    await scene.pairing.pair('p1', cable.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    const way = scene.relays.at(-1);
    cable.cut();
    await eventually(() => scene.relays.at(-1)).toBeNull();
    await eventually(() => scene.pairing.view()).toMatchObject({ state: 'paired', way: 'gone' });
    expect(back).toEqual([]);
    cable.mend();
    await eventually(() => scene.way).toBe('relaying');
    expect(scene.relays.at(-1)).toBe(way);
    // What waits for a connection goes on at once.
    expect(back).toEqual(['p1']);
  });

  it('for a moment is shown as interrupted, and as connected again as soon as it is', async () => {
    const shown: (string | undefined)[] = [];
    const scene: PairingScene = await openScene(behindCable, {
      limits: { ...soon, goneMs: 60_000, reportEveryMs: 60_000 },
      onChanged: () => {
        if (shown.at(-1) !== scene.way) shown.push(scene.way);
      },
    });
    scene.known = ['https://auth.example'];
    const cable = await openCable(scene);
    await scene.pairing.pair('p1', cable.address, scene.code);
    await eventually(() => shown.at(-1)).toBe('relaying');
    cable.cut();
    await eventually(() => shown.at(-1)).toBe('interrupted');
    cable.mend();
    await eventually(() => shown.at(-1)).toBe('relaying');
    expect(shown.filter((way) => way === 'unconfirmed').length).toBeLessThanOrEqual(1);
  });

  it('is named too if the network only falls silent', async () => {
    const scene = await openScene(behindCable);
    scene.known = ['https://auth.example'];
    const cable = await openCable(scene);
    await scene.pairing.pair('p1', cable.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    const tunnel = tunnelBy(scene.relays.at(-1));
    await eventually(() => tunnel.text).toContain(' 200 ');
    cable.hush();
    await eventually(() => scene.way).toBe('gone');
    expect(scene.relays.at(-1)).toBeNull();
    await eventually(() => tunnel.socket.closed).toBe(true);
  });

  it('is contacted again until the end of the pairing', async () => {
    const scene = await openScene({ settings: { ...behindCable.settings, limits: { offerMs: 3_000 } } });
    const cable = await openCable(scene);
    await scene.pairing.pair('p1', cable.address, scene.code);
    cable.cut();
    await eventually(() => scene.way).toBe('gone');
    await eventually(() => scene.pairing.view()).toMatchObject({ state: 'ended', failureCode: 'pairing_ended' });
  });
});

it('shows a server whose computer loses power as not connected, and closes its tunnels', async () => {
  const clock = new FakeClock();
  const timer = new HandTimer(clock);
  const scene = await openScene({ ...behindCable, clock, timer });
  scene.known = ['https://auth.example'];
  const cable = await openCable(scene);
  await scene.pairing.pair('p1', cable.address, scene.code);
  await eventually(() => scene.way).toBe('relaying');
  const tunnel = tunnelBy(scene.relays.at(-1));
  await eventually(() => tunnel.text).toContain(' 200 ');
  cable.hush();
  await timer.advance(10_000);
  expect(first(scene)?.connected).toBe(true);
  await timer.advance(10_000);
  await eventually(() => first(scene)?.connected).toBe(false);
  await eventually(() => first(scene)?.relayed[0]?.openConnections).toBe(0);
  expect(scene.offer.view()?.state).toBe('open');
});

describe('a pairing ends', () => {
  it('by the person at the server, and the laptop shows that', async () => {
    const scene = await openScene();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.connected).toBe(true);
    scene.pairing.end();
    expect(scene.pairing.view()).toEqual({
      state: 'ended',
      profileId: 'p1',
      address: scene.address,
    });
    await eventually(() => first(scene)?.connected).toBe(false);
    expect(scene.offer.view()?.state).toBe('open');
    scene.pairing.end();
    expect(scene.pairing.view()).toBeNull();
  });

  it('when its time is over', async () => {
    const scene = await openScene({ settings: { limits: { offerMs: 2_000 } } });
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => scene.offer.view()).toMatchObject({ state: 'ended', end: 'time', code: null, qr: null });
    await eventually(() => scene.pairing.view()?.state).toBe('ended');
  });

  it('after the longest time of an offer, even if the laptop claims otherwise', async () => {
    const scene = await openScene({ settings: { limits: { offerMs: 86_400_000 } } });
    await scene.pairing.pair('p1', scene.address, scene.code);
    const leftMs = (scene.paired?.endsAt ?? 0) - Date.now();
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(2 * 60 * 60_000);
  });

  it("when the laptop's console ends", async () => {
    const scene = await openScene();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.connected).toBe(true);
    await scene.offer.close();
    await eventually(() => scene.pairing.view()).toMatchObject({ state: 'ended', failureCode: 'pairing_ended' });
  });

  it('without leaving a socket, a secret or a route', async () => {
    await eventually(sockets).toBe(0);
    const scene = await openScene();
    scene.known = ['https://auth.example'];
    const cable = await openCable(scene);
    const codes = [scene.code];
    await scene.pairing.pair('p1', cable.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    await eventually(() => scene.code).not.toBe('');
    codes.push(scene.code);
    const way = scene.relays.at(-1);
    const tunnel = tunnelBy(way);
    await eventually(() => tunnel.text).toContain(' 200 ');
    await Promise.all([scene.offer.close(), scene.pairing.close()]);
    const ended = JSON.stringify([scene.offer.view(), scene.pairing.view()]);
    for (const secret of [...codes, ...codes.map((code) => code.replace(' ', '')), way?.password ?? '?']) {
      expect(ended).not.toContain(secret);
      expect(scene.log.text + scene.serverLog.text).not.toContain(secret);
      expect(cable.recorded).not.toContain(secret);
    }
    expect(scene.relays.at(-1)).toBeNull();
    await scene.close();
    cable.close();
    await eventually(sockets).toBe(0);
  });
});

describe('a pairing that fails', () => {
  it.each([
    ['no address', '', 'BCDFGHJK', 'pairing_address_invalid'],
    ['a wrong address', 'ftp://x', 'BCDFGHJK', 'pairing_address_invalid'],
    ['no code', '127.0.0.1:9', '', 'pairing_code_invalid'],
    ['nobody there', '127.0.0.1:9', 'BCDFGHJK', 'laptop_unreachable'],
  ])('with %s', async (_name, address, code, failureCode) => {
    const scene = await openScene();
    const paired = await scene.pairing.pair('p1', address, code);
    expect(paired.ok ? '' : paired.failure.code).toBe(failureCode);
  });

  it('with another TLS server, or none', async () => {
    const scene = await openScene();
    const own = await makeOfferCertificate(Date.now());
    const other = createTlsServer({ key: own.key, cert: own.certificate }, (socket: Socket) => {
      socket.on('error', () => {});
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 20000\r\n\r\n${'x'.repeat(20_000)}`);
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    open.push(() => other.close());
    const { port } = other.address() as { port: number };
    const paired = await scene.pairing.pair('p1', `127.0.0.1:${port}`, scene.code);
    expect(paired.ok ? '' : paired.failure.code).toBe('laptop_unreachable');
    const plain = await scene.pairing.pair(
      'p1',
      `127.0.0.1:${(scene.far.address() as { port: number }).port}`,
      scene.code,
    );
    expect(plain.ok ? '' : plain.failure.code).toBe('laptop_unreachable');
  });

  it('because the person ends it', async () => {
    const scene = await openScene();
    const pairing = scene.pairing.pair('p1', scene.address, scene.code);
    scene.pairing.end();
    expect(await pairing).toMatchObject({ ok: false });
    expect(scene.pairing.view()).toBeNull();
    expect(scene.relays).toEqual([]);
  });
});

it('when a second pairing replaces it', async () => {
  const scene = await openScene();
  await scene.pairing.pair('p1', scene.address, scene.code);
  await eventually(() => scene.code).not.toBe('');
  scene.reports.set('p2', serverReport({ id: 'store-015' }));
  await scene.pairing.pair('p2', scene.address, scene.code);
  expect(scene.pairing.view()).toMatchObject({ state: 'paired', profileId: 'p2' });
  await eventually(() => scene.offer.view()?.servers.map(({ connected }) => connected)).toEqual([false, true]);
});

describe('a pairing that lasts until a signal', () => {
  it('ends with the signal, also at the laptop', async () => {
    const scene = await openScene();
    const until = new AbortController();
    await scene.pairing.pair('p1', scene.address, scene.code, until.signal);
    await eventually(() => first(scene)?.connected).toBe(true);
    until.abort();
    expect(scene.pairing.view()).toEqual({ state: 'ended', profileId: 'p1', address: scene.address });
    await eventually(() => first(scene)?.left).toBe(true);
  });

  it('does not end before it has begun, and its failure is no longer shown', async () => {
    const scene = await openScene();
    const until = new AbortController();
    const pairing = scene.pairing.pair('p1', scene.address, scene.code, until.signal);
    until.abort();
    expect(await pairing).toMatchObject({ ok: false, failure: { code: 'pairing_ended' } });
    expect(scene.pairing.view()).toBeNull();
    expect(scene.relays).toEqual([]);
  });

  it('does not end the pairing that replaced it, or the one that a refused address or code left in place', async () => {
    const scene = await openScene();
    const until = new AbortController();
    await scene.pairing.pair('p1', scene.address, scene.code, until.signal);
    await eventually(() => scene.code).not.toBe('');
    scene.reports.set('p2', serverReport({ id: 'store-015' }));
    await scene.pairing.pair('p2', scene.address, scene.code);
    until.abort();
    const refused = new AbortController();
    await scene.pairing.pair('p1', 'no address', scene.code, refused.signal);
    await scene.pairing.pair('p1', scene.address, 'B', refused.signal);
    refused.abort();
    expect(scene.pairing.view()).toMatchObject({ state: 'paired', profileId: 'p2' });
  });
});

describe('the same server paired again', () => {
  it('replaces its pairing that its console forgot, and keeps no credential of it', async () => {
    const scene = await openScene(behindCable);
    scene.known = ['https://auth.example'];
    const cable = await openCable(scene);
    await scene.pairing.pair('p1', cable.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    await eventually(() => scene.code).not.toBe('');
    // As when the computer loses its power: the laptop hears no farewell.
    cable.cut();
    await eventually(() => first(scene)?.connected).toBe(false);
    const before = first(scene)?.id;
    scene.pairing.end();
    await scene.pairing.pair('p1', `127.0.0.1:${scene.port}`, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    await eventually(() => scene.offer.view()?.servers.map(({ connected }) => connected)).toEqual([true]);
    expect(first(scene)?.id).not.toBe(before);
  });

  it('is not replaced by another one as long as it is connected', async () => {
    const scene = await openScene();
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => first(scene)?.report?.id).toBe('store-014');
    await eventually(() => scene.code).not.toBe('');
    const other = await PairingScene.open();
    open.push(() => other.close());
    await other.pairing.pair('p2', scene.address, scene.code);
    await eventually(() => scene.offer.view()?.servers.map(({ report }) => report?.id)).toEqual([
      'store-014',
      'store-014',
    ]);
    expect(scene.offer.view()?.servers.map(({ connected }) => connected)).toEqual([true, true]);
  });
});

describe('the clocks of the two computers', () => {
  const clockAt = (at: number) => ({ ...systemClock, wallNow: () => at + performance.now() });

  it.each([
    ['years behind', '2016-01-01', '2040-01-01'],
    ['years ahead', '2040-01-01', '2016-01-01'],
  ])('may be wrong: the laptop’s is %s', async (_name, laptop, store) => {
    const scene = await openScene({ clock: clockAt(Date.parse(laptop)) }, { clock: clockAt(Date.parse(store)) });
    scene.known = ['https://auth.example'];
    expect(await scene.pairing.pair('p1', scene.address, scene.code)).toMatchObject({ ok: true });
    await eventually(() => scene.way).toBe('relaying');
    const leftMs = (scene.paired?.endsAt ?? 0) - Date.parse(store);
    expect(leftMs / 60_000).toBeCloseTo(120, -1);
  });

  it('may be set by 3 h at the server in the meantime: the pairing keeps its length, and the end is shown by the new time', async () => {
    let aheadMs = 0;
    const clock = { ...systemClock, wallNow: () => Date.now() + aheadMs };
    const scene = await openScene({}, { clock });
    scene.known = ['https://auth.example'];
    await scene.pairing.pair('p1', scene.address, scene.code);
    await eventually(() => scene.way).toBe('relaying');
    for (const hours of [3, -3]) {
      aheadMs = hours * 3_600_000;
      scene.pairing.look();
      expect(scene.pairing.view()).toMatchObject({ state: 'paired', way: 'relaying' });
      expect(((scene.paired?.endsAt ?? 0) - clock.wallNow()) / 60_000).toBeCloseTo(120, -1);
    }
  });
});

it('two servers that enter the same code: one gets it, the other hears that each code is for one server', async () => {
  const scene = await openScene();
  const other = await PairingScene.open();
  open.push(() => other.close());
  const { address, code } = scene;
  const paired = await Promise.all([scene.pairing.pair('p1', address, code), other.pairing.pair('p2', address, code)]);
  expect(paired.map((one) => (one.ok ? '' : one.failure.code)).toSorted()).toEqual(['', 'pairing_code_wrong']);
  expect(scene.offer.view()).toMatchObject({ state: 'open' });
});
