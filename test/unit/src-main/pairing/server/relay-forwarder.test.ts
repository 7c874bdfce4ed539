import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../../fakes/eventually.ts';
import { WayHealth } from '../../../../../src-main/pairing/server/way-health.ts';
import { RelayForwarder, type TunnelOutcome } from '../../../../../src-main/pairing/server/relay-forwarder.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

/** A forwarder whose tunnels lead to an echo server, and the requested hosts. */
async function openForwarder(outcome?: TunnelOutcome) {
  const echo = createServer((socket) => socket.on('error', () => {}).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const asked: string[] = [];
  const far: Socket[] = [];
  const health = new WayHealth(() => {});
  const forwarder = await RelayForwarder.listen(async (authority) => {
    asked.push(authority);
    if (outcome) return outcome;
    const socket = connect((echo.address() as { port: number }).port, '127.0.0.1');
    far.push(socket);
    return { socket, head: Buffer.from('early ') };
  }, health);
  open.push(
    () => echo.close(),
    () => far.map((socket) => socket.destroy()),
    () => forwarder.close(),
  );
  const say = (text: string) => {
    const socket = connect(forwarder.port, '127.0.0.1');
    socket.on('error', () => {});
    open.push(() => socket.destroy());
    const seen = { socket, text: '' };
    socket.on('data', (chunk: Buffer) => (seen.text += chunk.toString()));
    socket.write(text);
    return seen;
  };
  return { forwarder, asked, say, far };
}

const basic = (name: string, password: string) =>
  `proxy-authorization: Basic ${Buffer.from(`${name}:${password}`).toString('base64')}\r\n`;
const ask = (credentials: string, authority = 'auth.example:443') =>
  `CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${credentials}\r\n`;

describe('the proxy for the requests of a helped server', () => {
  it('passes data both ways for a client that knows the password', async () => {
    const { forwarder, asked, say, far } = await openForwarder();
    const seen = say(`${ask(basic(forwarder.name, forwarder.password))}hello`);
    await eventually(() => seen.text).toMatch(/^HTTP\/1\.1 200 [^]*early hello$/);
    expect(asked).toEqual(['auth.example:443']);
    expect(forwarder.refusalOf('auth.example:443')).toBeNull();
    far[0]?.destroy();
    await eventually(() => seen.socket.closed).toBe(true);
  });

  it('listens only at this computer’s own address', async () => {
    const { forwarder } = await openForwarder();
    await expect(once(connect(forwarder.port, '::1'), 'connect')).rejects.toThrow();
  });

  it.each([
    ['without a password', () => ''],
    ['with a wrong password', () => basic('license-console', 'wrong')],
    ['with another name', ({ password }: RelayForwarder) => basic('other', password)],
    [
      'with the password for another header',
      ({ name, password }: RelayForwarder) => basic(name, password).slice('proxy-'.length),
    ],
  ])('opens nothing %s', async (_name, credentials) => {
    const { forwarder, asked, say } = await openForwarder();
    const seen = say(ask(credentials(forwarder)));
    await eventually(() => seen.socket.closed).toBe(true);
    expect(seen.text).toMatch(/^HTTP\/1\.1 407 [^]*proxy-authenticate: Basic/);
    expect(asked).toEqual([]);
  });

  it.each([
    'GET http://auth.example/ HTTP/1.1\r\nhost: x\r\n\r\n',
    'GET / HTTP/1.1\r\nhost: x\r\n\r\n',
    'noise\r\n\r\n',
  ])('serves nothing but tunnels: %j', async (text) => {
    const { asked, say } = await openForwarder();
    const seen = say(text);
    await eventually(() => seen.socket.closed).toBe(true);
    expect(seen.text).not.toContain(' 200 ');
    expect(asked).toEqual([]);
  });

  it("answers the network stack's own sign-in request, and asks the laptop for nothing", async () => {
    const { forwarder, asked, say } = await openForwarder();
    const hello = (credentials: string) =>
      `HEAD http://relay.invalid/ HTTP/1.1\r\nhost: relay.invalid\r\n${credentials}\r\n`;
    const stranger = say(hello(''));
    await eventually(() => stranger.text).toMatch(/^HTTP\/1\.1 407 /);
    const own = say(hello(basic(forwarder.name, forwarder.password)));
    await eventually(() => own.text).toMatch(/^HTTP\/1\.1 204 /);
    expect(asked).toEqual([]);
  });

  it('answers 502 and keeps the reason while the laptop refuses the host', async () => {
    const { forwarder, say } = await openForwarder({ code: 'relay_refused' });
    const seen = say(ask(basic(forwarder.name, forwarder.password)));
    await eventually(() => seen.text).toContain(' 502 ');
    expect(forwarder.refusalOf('auth.example:443')).toBe('relay_refused');
    expect(forwarder.refusalOf('other.example:443')).toBeNull();
  });

  it('closes a connection that says nothing', async () => {
    const { forwarder, say } = await openForwarder();
    const silent = say('');
    const slow = say('CONNECT auth.example:443 HT');
    const known = say(ask(basic(forwarder.name, forwarder.password)));
    await eventually(() => silent.socket.closed && slow.socket.closed).toBe(true);
    known.socket.write('still there');
    await eventually(() => known.text).toContain('still there');
  });

  it('keeps room for a client with the password: the oldest connection without it is closed first', async () => {
    const { forwarder, say } = await openForwarder();
    const known = say(ask(basic(forwarder.name, forwarder.password)));
    await eventually(() => known.text).toContain(' 200 ');
    const silent = [];
    for (let nth = 0; nth < 63; nth += 1) {
      const one = say('');
      silent.push(one);
      await once(one.socket, 'connect');
    }
    const next = say(ask(basic(forwarder.name, forwarder.password)));
    await eventually(() => next.text).toContain(' 200 ');
    known.socket.write('still there');
    await eventually(() => known.text).toContain('still there');
    expect(silent[0]?.socket.closed).toBe(true);
  });

  it('holds at most 64 clients, also if all of them know the password', async () => {
    const { forwarder, say } = await openForwarder();
    const all = Array.from({ length: 64 }, () => say(ask(basic(forwarder.name, forwarder.password))));
    await eventually(() => all.filter(({ text }) => text.includes(' 200 ')).length).toBe(64);
    const next = say(ask(basic(forwarder.name, forwarder.password)));
    await eventually(() => next.socket.closed).toBe(true);
    expect(next.text).toBe('');
    expect(all.every(({ socket }) => !socket.closed)).toBe(true);
    all[0]?.socket.destroy();
    let again = next;
    await eventually(() => {
      if (again.socket.closed) again = say(ask(basic(forwarder.name, forwarder.password)));
      return again.text;
    }).toContain(' 200 ');
  });

  it('closes every connection when it closes', async () => {
    const { forwarder, say } = await openForwarder();
    const seen = say(ask(basic(forwarder.name, forwarder.password)));
    await eventually(() => seen.text).toContain(' 200 ');
    await forwarder.close();
    await eventually(() => seen.socket.closed).toBe(true);
    await expect(once(connect(forwarder.port || 9, '127.0.0.1'), 'connect')).rejects.toThrow('ECONNREFUSED');
  });
});
