import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PairedServer } from '../../../../../src-main/pairing/laptop/helped-server.ts';
import { type OfferLimits, offerLimits } from '../../../../../src-main/pairing/laptop/offer-limits.ts';
import { type ReachOut, Relay } from '../../../../../src-main/pairing/laptop/relay.ts';
import { eventually } from '../../../../fakes/eventually.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';
import { serverReport } from '../../../../fakes/pairing-scene.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

/** Both ends of a real connection. */
async function pair(): Promise<readonly [near: Socket, far: Socket]> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const near = connect((server.address() as { port: number }).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  for (const socket of [near, far]) socket.on('error', () => socket.destroy());
  open.push(
    () => near.destroy(),
    () => far.destroy(),
    () => server.close(),
  );
  return [near, far];
}

function helped(hosts = ['auth.example:443']): PairedServer {
  const server = new PairedServer({ bearer: 'bearer', words: ['zoo', 'zoo', 'zoo'] });
  server.reported(serverReport(), 0);
  server.confirm('https://auth.example');
  server.checked('https://auth.example', { state: 'confirmed', hosts });
  return server;
}

function relayWith(reach: ReachOut, limits: Partial<OfferLimits> = {}) {
  const timer = new HandTimer(new FakeClock());
  const refusals: string[] = [];
  const relay = new Relay({
    limits: { ...offerLimits, ...limits },
    reach,
    timer,
    onChanged: () => {},
    onRefused: (_server, reason) => refusals.push(reason),
  });
  return { relay, timer, refusals };
}

function heardBy(socket: Socket): { text: string } {
  const heard = { text: '' };
  socket.on('data', (chunk: Buffer) => (heard.text += chunk.toString()));
  return heard;
}

describe('a tunnel through the laptop', () => {
  it('stays open longer than connecting may take', async () => {
    const [near, client] = await pair();
    const [far, host] = await pair();
    const { relay, timer } = relayWith(async (_host, _port, gone) => {
      gone.addEventListener('abort', () => far.destroy());
      return { socket: far };
    });
    const [heard, heardAtHost] = [heardBy(near), heardBy(host)];
    await relay.open(helped(), 'auth.example:443', client, Buffer.from('early '));
    await eventually(() => heard.text).toContain(' 200 ');
    await timer.advance(offerLimits.connectMs * 10);
    near.write('late');
    await eventually(() => heardAtHost.text).toBe('early late');
    expect(timer.count).toBe(0);
  });

  it('is refused, and not unreachable, if the host may not be reached', async () => {
    const [near, client] = await pair();
    const asked: (string | null)[] = [];
    const { relay, refusals } = relayWith(async (_host, _port, _gone, issuerHost) => {
      asked.push(issuerHost);
      return { refused: true };
    });
    const heard = heardBy(near);
    await relay.open(helped(['token.example:443']), 'token.example:443', client, Buffer.alloc(0));
    await eventually(() => heard.text).toContain(' 403 ');
    expect(refusals).toEqual(['not_allowed']);
    expect(asked).toEqual(['auth.example']);
  });

  it('is abandoned if the host does not answer in time', async () => {
    const [near, client] = await pair();
    const { relay, timer, refusals } = relayWith(async (_host, _port, gone) => {
      await once(gone, 'abort');
      return { netError: 'ERR_CONNECTION_TIMED_OUT' };
    });
    const heard = heardBy(near);
    const opening = relay.open(helped(), 'auth.example:443', client, Buffer.alloc(0));
    await timer.advance(offerLimits.connectMs);
    await opening;
    await eventually(() => heard.text).toContain(' 502 ');
    expect(refusals).toEqual(['unreachable']);
  });

  it('is abandoned if the server leaves or the offer ends meanwhile', async () => {
    for (const leave of ['client', 'offer'] as const) {
      const [near, client] = await pair();
      let isAborted = false;
      const { relay, timer } = relayWith(async (_host, _port, gone) => {
        await once(gone, 'abort');
        isAborted = true;
        return { netError: 'ERR_ABORTED' };
      });
      const opening = relay.open(helped(), 'auth.example:443', client, Buffer.alloc(0));
      if (leave === 'client') near.destroy();
      else relay.closeAll();
      await opening;
      expect(isAborted).toBe(true);
      expect(timer.count).toBe(0);
    }
  });

  it('is not opened if the issuer is no longer confirmed when the connection succeeds', async () => {
    const [near, client] = await pair();
    const [far, host] = await pair();
    const server = helped();
    const { relay } = relayWith(async () => {
      server.reported(serverReport({ issuer: 'https://evil.example' }), 1);
      return { socket: far };
    });
    const heard = heardBy(near);
    await relay.open(server, 'auth.example:443', client, Buffer.from('data'));
    await eventually(() => near.closed && host.closed).toBe(true);
    expect(heard.text).toBe('');
  });

  it('is made with the confirmed issuer’s host, which decides whether it may lead into the own network', async () => {
    const asked: unknown[] = [];
    const { relay } = relayWith(async (...[host, port, , issuerHost]) => {
      asked.push([host, port, issuerHost]);
      return { netError: 'ERR_CONNECTION_REFUSED' };
    });
    const server = helped(['auth.example:443', 'auth.example:8443', 'token.example:443']);
    for (const place of ['AUTH.example:443', 'auth.example:8443', 'token.example:443'])
      await relay.open(server, place, (await pair())[1], Buffer.alloc(0));
    expect(asked).toEqual([
      ['auth.example', 443, 'auth.example'],
      ['auth.example', 8443, 'auth.example'],
      ['token.example', 443, 'auth.example'],
    ]);
  });

  it('is closed with the other tunnels of the same server only', async () => {
    const { relay } = relayWith(async () => ({ socket: (await pair())[0] }));
    const [one, other] = [helped(), helped()];
    const [[near, client], [otherNear, otherClient]] = [await pair(), await pair()];
    await relay.open(one, 'auth.example:443', client, Buffer.alloc(0));
    await relay.open(other, 'auth.example:443', otherClient, Buffer.alloc(0));
    near.resume();
    otherNear.resume();
    relay.closeOf(one);
    await eventually(() => near.closed).toBe(true);
    expect(otherNear.closed).toBe(false);
    expect([one.openTunnels, other.openTunnels]).toEqual([0, 1]);
  });

  it('reports an error beyond the laptop as an answer', async () => {
    const [near, client] = await pair();
    const { relay } = relayWith(() => Promise.reject(new Error('no')));
    const heard = heardBy(near);
    await relay.open(helped(), 'auth.example:443', client, Buffer.alloc(0));
    await eventually(() => heard.text).toContain(' 502 ');
  });
});
