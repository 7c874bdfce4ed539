import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PairingScene } from '../../../../fakes/pairing-scene.ts';

let scene: PairingScene;
afterEach(() => scene.close());

describe('a server’s console and a laptop', () => {
  it('pair, report, and relay to a host of the confirmed issuer', async () => {
    scene = await PairingScene.open();
    expect(await scene.offer.start()).toEqual({ ok: true, value: null });
    const { code } = scene;
    expect(await scene.pairing.pair('p1', scene.address, code)).toEqual({ ok: true, value: null });
    const view = scene.pairing.view();
    expect(view).toMatchObject({ state: 'paired', profileId: 'p1', isRelaying: false });
    await expect
      .poll(() => scene.offer.view()?.servers[0])
      .toMatchObject({ words: view?.words, connected: true, report: { id: 'store-014' } });
    await expect.poll(() => scene.code).not.toBe(code);
    scene.offer.confirmIssuer(scene.offer.view()?.servers[0]?.id ?? '');
    await expect.poll(() => scene.pairing.view()?.isRelaying).toBe(true);
    const way = scene.relays.at(-1);
    const socket = connect(way?.port ?? 0, '127.0.0.1');
    const auth = Buffer.from(`${way?.name}:${way?.password}`).toString('base64');
    socket.write(
      `CONNECT auth.example:443 HTTP/1.1\r\nhost: auth.example:443\r\nproxy-authorization: Basic ${auth}\r\n\r\n`,
    );
    let got = '';
    socket.on('data', (chunk: Buffer) => (got += chunk));
    await expect.poll(() => got).toContain('200 Connection established');
    socket.write('hello');
    await expect.poll(() => got).toContain('hello');
    expect(scene.reached).toEqual(['auth.example:443']);
    const closed = once(socket, 'close');
    scene.offer.end();
    await closed;
    await expect.poll(() => scene.pairing.view()).toMatchObject({ state: 'ended', failureCode: 'pairing_ended' });
    expect(scene.relays.at(-1)).toBe(null);
  });
});
