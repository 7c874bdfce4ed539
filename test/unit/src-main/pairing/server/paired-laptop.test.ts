import { afterEach, describe, expect, it } from 'vitest';
import { connect } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { PairedLaptop } from '../../../../../src-main/pairing/server/paired-laptop.ts';
import type { RelayWay } from '../../../../../src-main/ports/relay.ts';
import { systemTimer } from '../../../../../src-main/adapters/computer/system-timer.ts';
import { eventually } from '../../../../fakes/eventually.ts';
import { answerText, FalseLaptop } from '../../../../fakes/false-laptop.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

const limits = {
  connectMs: 2_000,
  answerMs: 100,
  tunnelMs: 100,
  goneMs: 60_000,
  tryAgainMs: 50,
  reportEveryMs: 60_000,
  reportPauseMs: 10,
  avoidMs: 300,
};
const line = '{"remainingSeconds":60,"isRelaying":true}\n';
const follows = `HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n${line.length.toString(16)}\r\n${line}\r\n`;

/** A server that is helped by a laptop that lives and answers each CONNECT as the test says. */
async function openPaired(onConnect: (socket: TLSSocket) => void) {
  const laptop = await FalseLaptop.listen((socket) =>
    socket.once('data', (chunk: Buffer) => {
      if (chunk.toString().startsWith('CONNECT')) onConnect(socket);
      else socket.write(follows);
    }),
  );
  const ways: (RelayWay | null)[] = [];
  const gone: boolean[] = [];
  const paired = new PairedLaptop({
    profileId: 'p1',
    laptop: laptop.proven,
    limits,
    timer: systemTimer,
    relay: {
      begin: (_profileId, way) => {
        if (ways.at(-1) !== way) ways.push(way);
      },
      end: () => {
        if (ways.at(-1)) ways.push(null);
      },
    },
    report: () => null,
    onChanged: () => {},
    onGone: (isGone) => gone.push(isGone),
    onEnd: () => {},
  });
  open.push(
    () => laptop.close(),
    () => paired.end(false),
  );
  await paired.begin();
  await eventually(() => ways.length).toBe(1);
  const [way] = ways;
  /** Sends a request by the way. Says whether it has an answer. */
  const ask = () => {
    const { port = 0, name, password } = way ?? {};
    const credentials = Buffer.from(`${name}:${password}`).toString('base64');
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    open.push(() => socket.destroy());
    socket.write(`CONNECT a.example:443 HTTP/1.1\r\nhost: a\r\nproxy-authorization: Basic ${credentials}\r\n\r\nhello`);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    return () => socket.closed || text.includes('world');
  };
  return { paired, gone, ask, ways };
}

describe('a laptop that answers but relays nothing', () => {
  it.each<[string, (socket: TLSSocket) => void]>([
    ['refuses', (socket) => socket.end(answerText(403, ''))],
    ['has too many tunnels', (socket) => socket.end(answerText(429, ''))],
    ['reaches nothing', (socket) => socket.end(answerText(502, ''))],
    ['does not answer', () => {}],
    ['opens a tunnel and ends it', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')],
    ['opens a tunnel to nowhere', (socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\n')],
  ])('and %s is not used for a while', async (_name, onConnect) => {
    const { paired, gone, ask, ways } = await openPaired(onConnect);
    ask();
    ask();
    expect(paired).toMatchObject({ isGone: false, isRelaying: true });
    ask();
    await eventually(() => gone).toEqual([true, false]);
    expect(ways).toEqual([ways[0], null, ways[0]]);
    expect(paired).toMatchObject({ isGone: false, isRelaying: true });
  });

  it('once in a while is used all the time', async () => {
    let asked = 0;
    const { gone, ask } = await openPaired((socket) => {
      asked += 1;
      if (asked % 3 === 0) socket.write('HTTP/1.1 200 OK\r\n\r\nworld');
      else socket.end(answerText(502, ''));
    });
    for (let nth = 0; nth < 9; nth += 1) await eventually(ask()).toBe(true);
    expect(asked).toBe(9);
    expect(gone).toEqual([]);
  });
});
