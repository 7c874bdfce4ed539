import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { TunnelHealth } from '../../../../../src-main/pairing/server/tunnel-health.ts';
import { eventually } from '../../../../fakes/eventually.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { HandTimer } from '../../../../fakes/hand-timer.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

function openHealth() {
  const timer = new HandTimer(new FakeClock());
  const seen: boolean[] = [];
  const health: TunnelHealth = new TunnelHealth({
    timer,
    silentMs: 1_000,
    avoidMs: 60_000,
    onChanged: () => seen.push(health.isAvoided),
  });
  return { health, timer, seen };
}

/** A watched tunnel, and its far end. */
async function tunnelOf(health: TunnelHealth, client = { readableEnded: false, destroyed: false }) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const tunnel = connect((server.address() as { port: number }).port, '127.0.0.1');
  const [far] = (await once(server, 'connection')) as [Socket];
  for (const socket of [tunnel, far]) socket.on('error', () => socket.destroy());
  open.push(
    () => tunnel.destroy(),
    () => far.destroy(),
    () => server.close(),
  );
  tunnel.resume();
  health.watch(tunnel, client);
  return { tunnel, far };
}

describe('a laptop whose tunnels do not work', () => {
  it('is avoided for a while after three failures in a row, and then after each failure', async () => {
    const { health, timer, seen } = openHealth();
    health.failed();
    health.failed();
    expect(seen).toEqual([]);
    health.failed();
    health.failed();
    expect(seen).toEqual([true]);
    await timer.advance(60_000);
    expect(seen).toEqual([true, false]);
    health.failed();
    expect(seen).toEqual([true, false, true]);
    health.stop();
    expect(timer.count).toBe(0);
  });

  it('is used again as soon as a tunnel works', async () => {
    const { health, timer, seen } = openHealth();
    const { far } = await tunnelOf(health);
    for (let nth = 0; nth < 3; nth += 1) health.failed();
    far.write('data');
    await eventually(() => seen).toEqual([true, false]);
    health.failed();
    health.failed();
    expect(health.isAvoided).toBe(false);
    expect(timer.count).toBe(0);
  });

  it('is avoided if tunnels return nothing or end at once', async () => {
    const { health, timer, seen } = openHealth();
    const tunnels = [await tunnelOf(health), await tunnelOf(health), await tunnelOf(health)];
    tunnels[0]?.far.end();
    tunnels[1]?.far.resetAndDestroy();
    await eventually(() => timer.count).toBe(1);
    expect(seen).toEqual([]);
    await timer.advance(1_000);
    expect(seen).toEqual([true]);
  });

  it('is not avoided because clients disconnect', async () => {
    const { health, timer, seen } = openHealth();
    for (const left of [{ readableEnded: true }, { destroyed: true }]) {
      for (let nth = 0; nth < 3; nth += 1) {
        const { far } = await tunnelOf(health, { readableEnded: false, destroyed: false, ...left });
        far.end();
      }
    }
    for (let nth = 0; nth < 3; nth += 1) (await tunnelOf(health)).tunnel.destroy();
    await eventually(() => timer.count).toBe(0);
    expect(seen).toEqual([]);
  });
});
