import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { nearbyLaptops } from '../../../../../src-main/adapters/network/nearby-laptops.ts';
import { MemoryLog } from '../../../../fakes/memory-log.ts';

const log = new MemoryLog();
/** This computer alone, so that nothing of the network it is in takes part. */
const here = nearbyLaptops(log, () => ['127.0.0.1']);
const name = hostname().slice(0, 60);
let ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends) end();
  ends = [];
});

async function foundAfter(isDone: (found: readonly string[]) => boolean): Promise<readonly string[]> {
  for (let tries = 0; ; tries++) {
    const found = (await here.find()).map(({ address }) => address).toSorted();
    if (isDone(found) || tries === 10) return found;
  }
}

describe('a laptop in the same network', () => {
  it('is found by its name where it announces itself, and no longer after the end', async () => {
    ends.push(here.announce(41_740));
    expect(await foundAfter((found) => found.length === 1)).toEqual(['127.0.0.1']);
    expect(await here.find()).toEqual([{ name, address: '127.0.0.1' }]);
    for (const end of ends.splice(0)) end();
    expect(await foundAfter((found) => found.length === 0)).toEqual([]);
    expect(log.lines).toEqual([]);
  });

  it('is named with its port, if that is not the usual one', async () => {
    ends.push(here.announce(50_001));
    expect(await foundAfter((found) => found.length === 1)).toEqual(['127.0.0.1:50001']);
  });

  it('is found among packets that are no answer', async () => {
    ends.push(here.announce(41_740));
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.setMulticastInterface('127.0.0.1');
    const searching = here.find();
    for (const packet of [
      Buffer.alloc(0),
      Buffer.alloc(12, 0xff),
      Buffer.alloc(9_000, 0xc0),
      Buffer.from('GET / HTTP/1.1'),
    ])
      socket.send(packet, 5353, '224.0.0.251');
    expect(await searching).toEqual([{ name, address: '127.0.0.1' }]);
    socket.close();
  });

  it('is not found without a network card', async () => {
    expect(await nearbyLaptops(log, () => []).find()).toEqual([]);
  });
});
