import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { addressOnDefaultRoute, addressOnRoute } from '../../../../../src-main/pairing/laptop/default-route.ts';

describe('the way that the operating system chooses', () => {
  it('is known by this computer’s own address, and nothing is sent there', async () => {
    const far = createSocket('udp4');
    const heard: string[] = [];
    far.on('message', (message) => heard.push(message.toString()));
    far.bind(0, '127.0.0.1');
    await once(far, 'listening');
    const { port } = far.address();
    expect(await addressOnRoute('udp4', '127.0.0.1', port)).toBe('127.0.0.1');
    // What arrives first is what was sent first.
    const own = createSocket('udp4');
    own.send('the first message', port, '127.0.0.1');
    await once(far, 'message');
    expect(heard).toEqual(['the first message']);
    own.close();
    far.close();
  });

  it('does not exist to an address that leads nowhere', async () => {
    expect(await addressOnRoute('udp4', '255.255.255.255')).toBeNull();
  });

  it('to the internet begins at an address of this computer, if there is one', async () => {
    const own = await addressOnDefaultRoute();
    const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
    expect([null, ...all]).toContain(own);
  });
});
