import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { connectToAny } from '../../../../../src-main/pairing/server/pinned-connection.ts';
import { eventually } from '../../../../fakes/eventually.ts';
import { FalseLaptop } from '../../../../fakes/false-laptop.ts';

const nobody = { host: '127.0.0.1', port: 9 };
const open: (() => unknown)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function laptop(): Promise<FalseLaptop> {
  const listening = await FalseLaptop.listen(() => {});
  open.push(() => listening.close());
  return listening;
}

/** Accepts connections and says nothing. */
async function silent() {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => socket.destroy()));
    socket.once('close', () => sockets.delete(socket));
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => server.close());
  return { sockets, address: { host: '127.0.0.1', port: (server.address() as { port: number }).port } };
}

describe('a connection to any of several addresses', () => {
  it('is barely delayed by one that is silent, and leaves no other connection open', async () => {
    const [hole, found] = await Promise.all([silent(), laptop()]);
    const connection = await connectToAny([hole.address, nobody, found.address], 60_000);
    expect(connection).toMatchObject({ address: found.address, fingerprint: found.fingerprint });
    await eventually(() => hole.sockets.size).toBe(0);
    connection?.socket.destroy();
  });

  it('is to the first, if that answers at once', async () => {
    const [one, other] = await Promise.all([laptop(), laptop()]);
    const connection = await connectToAny([one.address, other.address], 60_000);
    expect(connection?.address).toEqual(one.address);
    expect(other.sockets.size).toBe(0);
    connection?.socket.destroy();
  });

  it('is only to a certificate that is accepted', async () => {
    const [one, other] = await Promise.all([laptop(), laptop()]);
    const accepts = (seen: string) => seen === other.fingerprint;
    const connection = await connectToAny([one.address, other.address], 60_000, accepts);
    expect(connection?.address).toEqual(other.address);
    connection?.socket.destroy();
  });

  it.each([
    ['nobody answers', () => connectToAny([nobody, nobody], 60_000)],
    ['there is no address', () => connectToAny([], 60_000)],
    ['the time is over', async () => connectToAny([(await silent()).address], 50)],
    [
      'it was cancelled before',
      async () => connectToAny([(await laptop()).address], 60_000, undefined, AbortSignal.abort()),
    ],
  ])('does not exist if %s', async (_why, connecting) => {
    expect(await connecting()).toBeNull();
  });

  it('ends when it is cancelled', async () => {
    const hole = await silent();
    const cancel = new AbortController();
    const connecting = connectToAny([hole.address], 60_000, undefined, cancel.signal);
    await eventually(() => hole.sockets.size).toBe(1);
    cancel.abort();
    expect(await connecting).toBeNull();
    await eventually(() => hole.sockets.size).toBe(0);
  });
});
