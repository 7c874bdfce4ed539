import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { nearbyLaptops } from '../../../../../src-main/adapters/network/nearby-laptops.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';
import { until } from '../../../../fakes/until.ts';

const name = hostname().split('.')[0];
let log: MemoryLog;
let here: ReturnType<typeof nearbyLaptops>;
let ends: (() => void)[] = [];

beforeEach(() => {
  log = new MemoryLog();
  // This computer alone, so that nothing of the network it is in takes part.
  here = nearbyLaptops(log, () => ['127.0.0.1']);
});

afterEach(async () => {
  vi.restoreAllMocks();
  if (ends.length > 0) await endAll();
}, 60_000);

/** All tests use one multicast address: the next one must not find what this one announced. */
async function endAll(): Promise<void> {
  for (const end of ends.splice(0)) end();
  expect(await foundAfter((found) => found.length === 0)).toEqual([]);
}

type Found = Awaited<ReturnType<typeof here.find>>;

async function foundAfter(isDone: (found: Found) => boolean): Promise<Found> {
  for (let tries = 0; ; tries++) {
    const found = await here.find();
    if (isDone(found) || tries === 10) return found;
  }
}

const anyFound = () => foundAfter((found) => found.length > 0);

describe('a laptop in the same network', () => {
  it('is found by its name where it announces itself, and no longer after the end', async () => {
    ends.push(here.announce(41_740));
    expect(await anyFound()).toEqual([{ name, address: '127.0.0.1' }]);
    await endAll();
    expect(log.lines).toEqual([]);
  });

  it('is named with its port, if that is not the usual one', async () => {
    ends.push(here.announce(50_001));
    expect(await anyFound()).toEqual([{ name, address: '127.0.0.1:50001' }]);
  });

  it('is found among packets that are no answer', async () => {
    ends.push(here.announce(41_740));
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setMulticastInterface('127.0.0.1');
    const packets = [Buffer.alloc(0), Buffer.alloc(12, 0xff), Buffer.alloc(9_000, 0xc0), Buffer.from('GET / HTTP/1.1')];
    // All the time, because only those count that arrive while the search listens.
    const sending = setInterval(() => {
      for (const packet of packets) socket.send(packet, 5353, '224.0.0.251');
    }, 10);
    try {
      expect(await anyFound()).toEqual([{ name, address: '127.0.0.1' }]);
    } finally {
      clearInterval(sending);
      socket.close();
    }
  });

  it('is not found without a network card', async () => {
    expect(await nearbyLaptops(log, () => []).find()).toEqual([]);
  });
});

describe('a network card that goes', () => {
  /** Bit 0 of the third byte of a DNS message (RFC 1035 §4.1.1): is it a response? */
  const isAnswer = (packet: unknown) => Buffer.isBuffer(packet) && ((packet[2] ?? 0) & 0x80) !== 0;

  it('does not end the process with the answers that cannot be sent, and is logged once', async () => {
    ends.push(here.announce(41_740));
    expect(await anyFound()).toHaveLength(1);
    const send = Reflect.get(Socket.prototype, 'send') as (...given: unknown[]) => void;
    let refused = 0;
    vi.spyOn(Socket.prototype, 'send').mockImplementation(function (this: Socket, ...given: unknown[]) {
      const sent = given.at(-1);
      if (!isAnswer(given[0]) || typeof sent !== 'function') return send.apply(this, given);
      refused += 1;
      process.nextTick(sent, new Error('send ENETUNREACH 224.0.0.251:5353'));
    });
    expect(await here.find()).toEqual([]);
    expect(refused).toBeGreaterThan(1);
    expect(log.said).toMatchObject([{ event: 'multicast_failed', reason: expect.stringContaining('ENETUNREACH') }]);
  });

  it('leaves no socket open on the other cards', async () => {
    const bind = Reflect.get(Socket.prototype, 'bind') as (...given: unknown[]) => Socket;
    const close = vi.spyOn(Socket.prototype, 'close');
    const opened: Socket[] = [];
    vi.spyOn(Socket.prototype, 'bind').mockImplementation(function (this: Socket, ...given: unknown[]) {
      if (opened.length === 2) throw new Error('bind ENODEV');
      opened.push(this);
      return bind.apply(this, given);
    });
    const cards = ['127.0.0.1', '127.0.0.1', '127.0.0.1'];
    nearbyLaptops(log, () => cards).announce(41_740);
    await until(() => log.lines.length > 0, 'the line of the log');
    expect(log.said).toMatchObject([{ event: 'announce_fault' }]);
    expect(opened).toHaveLength(2);
    expect(opened.filter((socket) => !close.mock.contexts.includes(socket))).toEqual([]);
  });
});
