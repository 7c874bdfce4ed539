import { afterEach, describe, expect, it } from 'vitest';
import type { LaptopLink } from '../../../../../src-main/pairing/server/laptop-link.ts';
import type { WireStanding } from '../../../../../src-main/pairing/wire.ts';
import { eventually } from '../../../../fakes/eventually.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';
import { OpenedScenes } from '../../../../fakes/opened-scenes.ts';
import { issuer, PairingScene, serverReport } from '../../../../fakes/pairing-scene.ts';

const opened = new OpenedScenes();
afterEach(() => opened.close());

/** Follows the pairing. The list gets each standing that arrives, and `end` at its end. */
async function follow(scene: PairingScene, link: LaptopLink): Promise<(WireStanding | 'end')[]> {
  const heard: (WireStanding | 'end')[] = [];
  void link.follow({
    onStanding: (standing) => heard.push(standing),
    onEnd: () => heard.push('end'),
    onGone: () => {},
  });
  await eventually(() => heard.length).toBeGreaterThan(0);
  expect(scene.offer.view()?.servers.some(({ connected }) => connected)).toBe(true);
  return heard;
}

describe('a paired console', () => {
  it('learns all addresses of the laptop, and new ones when they change', async () => {
    const clock = new FakeClock();
    const timer = new HandTimer(clock);
    let hosts = ['127.0.0.1', 'fd00::7'];
    const scene = await opened.scene({ clock, timer, settings: { addresses: () => hosts } });
    const link = await opened.linkTo(scene);
    const { port } = scene;
    const known = [`127.0.0.1:${port}`, `[fd00::7]:${port}`];
    expect(await link.report(serverReport())).toMatchObject({ addresses: known });
    const heard = await follow(scene, link);
    expect(heard).toMatchObject([{ addresses: known }]);
    hosts = ['10.0.0.7'];
    await timer.advance(5_000);
    await eventually(() => heard.at(-1)).toMatchObject({ addresses: [`10.0.0.7:${port}`] });
  });

  it('learns that the person refused its Authorization server, and that they confirmed it after all', async () => {
    const scene = await opened.scene();
    const link = await opened.linkTo(scene);
    await link.report(serverReport());
    const heard = await follow(scene, link);
    const { id = '' } = scene.offer.view()?.servers[0] ?? {};
    scene.offer.refuseIssuer(id, 'https://other.example');
    expect(scene.offer.view()?.servers[0]?.issuer).toEqual({ state: 'unconfirmed' });
    scene.offer.refuseIssuer(id, issuer);
    expect(scene.offer.view()?.servers[0]?.issuer).toEqual({ state: 'refused' });
    await eventually(() => heard.at(-1)).toMatchObject({ isRelaying: false, refused: true });
    expect(await link.report(serverReport())).toMatchObject({ refused: true });
    scene.offer.confirmIssuer(id, issuer);
    await eventually(() => heard.at(-1)).toMatchObject({ isRelaying: true });
    expect(heard.at(-1)).not.toHaveProperty('refused');
    scene.offer.refuseIssuer(id, issuer);
    await eventually(() => heard.at(-1)).toMatchObject({ isRelaying: false, refused: true });
  });

  it('is asked about again if it names another Authorization server', async () => {
    const scene = await opened.scene();
    const link = await opened.linkTo(scene);
    await link.report(serverReport());
    const { id = '' } = scene.offer.view()?.servers[0] ?? {};
    scene.offer.refuseIssuer(id, issuer);
    const standing = await link.report(serverReport({ issuer: 'https://other.example' }));
    expect(standing).not.toHaveProperty('refused');
    expect(scene.offer.view()?.servers[0]?.issuer).toEqual({ state: 'unconfirmed' });
  });

  it('can be disconnected alone, also while it is lost, and makes room for another one', async () => {
    const names: string[] = [];
    const clock = new FakeClock();
    const scene = await opened.scene({
      clock,
      timer: new HandTimer(clock),
      onReport: ({ serverName }) => names.push(serverName),
      settings: { limits: { servers: 2 } },
    });
    scene.known = [issuer];
    const [lost, kept] = [await opened.linkTo(scene), await opened.linkTo(scene)];
    await lost.report(serverReport({ serverName: 'Lost' }));
    await lost.report(serverReport({ serverName: 'Store that never came back' }));
    await kept.report(serverReport({ id: 'kept' }));
    const heard = await follow(scene, lost);
    await eventually(() => scene.offer.view()?.servers[0]?.issuer.state).toBe('confirmed');
    const tunnel = await lost.tunnel('auth.example:443');
    expect(scene.code).toBe('');
    const { id = '' } = scene.offer.view()?.servers[0] ?? {};
    scene.offer.disconnect(id);
    expect(scene.offer.view()?.servers.map(({ report }) => report?.id)).toEqual(['kept']);
    // The list of all servers still gets the last report.
    expect(names.slice(-2)).toEqual(['Store 014', 'Store that never came back']);
    await eventually(() => heard.at(-1)).toBe('end');
    if ('socket' in tunnel) await eventually(() => tunnel.socket.destroyed).toBe(true);
    expect(await lost.report(serverReport())).toBeNull();
    expect(await kept.report(serverReport({ id: 'kept' }))).not.toBeNull();
    await eventually(() => scene.code).not.toBe('');
    scene.offer.disconnect(id);
    scene.offer.disconnect('unknown');
    expect(scene.offer.view()?.servers).toHaveLength(1);
  });

  it('learns no more addresses than it accepts', async () => {
    const others = Array.from({ length: 20 }, (_, nth) => `10.0.0.${nth}`);
    const scene = await opened.scene({ settings: { addresses: () => ['127.0.0.1', ...others] } });
    const standing = await (await opened.linkTo(scene)).report(serverReport());
    expect(standing?.addresses).toHaveLength(8);
  });
});
