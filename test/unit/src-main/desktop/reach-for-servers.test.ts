import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { reachForServers } from '../../../../src-main/desktop/reach-for-servers.ts';

const blocked = { noWay: 'ERR_BLOCKED_BY_CLIENT' };
const { signal } = new AbortController();
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

/** What comes of a connection to a name with these addresses, and how often the network was asked. Without a proxy that works. */
async function reached(addresses: readonly string[], mayBePrivate: boolean, proxies = 'SOCKS proxy.example:1') {
  const asked = { names: 0, proxies: 0 };
  const reach = reachForServers(
    { of: async () => null, wanted: () => {}, onForgotten: () => {} },
    {
      resolveHost: async () => {
        asked.names += 1;
        return addresses;
      },
      resolveProxy: async () => {
        asked.proxies += 1;
        return proxies;
      },
    },
  );
  return { outcome: await reach('auth.example', 443, signal, mayBePrivate), asked };
}

describe('a connection for a helped server', () => {
  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '0.1.2.3',
    '169.254.169.254',
    '224.0.0.251',
    '::',
    '::1',
    '::127.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.1.1',
    '::ffff:0.0.0.0',
    '64:ff9b::7f00:1',
    'auth.example',
  ])('to this computer or a link-local address is refused, even for the issuer’s own host: %s', async (address) => {
    for (const addresses of [[address], ['203.0.112.1', address], [address, '10.0.0.1']])
      expect(await reached(addresses, true)).toEqual({ outcome: blocked, asked: { names: 1, proxies: 0 } });
  });

  it.each(['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1', '::ffff:10.0.0.1'])(
    'to a private address is allowed only for the issuer’s own host: %s',
    async (address) => {
      expect((await reached([address], false)).outcome).toEqual(blocked);
      expect((await reached(['203.0.112.1', address], false)).outcome).toEqual(blocked);
      expect((await reached([address], true)).asked).toEqual({ names: 1, proxies: 1 });
    },
  );

  it('to a public address is allowed', async () => {
    expect((await reached(['203.0.112.1', '2600::1'], false)).asked).toEqual({ names: 1, proxies: 1 });
  });

  it('goes through the proxy if only the proxy can resolve the name', async () => {
    const proxy = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    open.push(() => proxy.close());
    const { port } = proxy.address() as { port: number };
    const { outcome } = await reached([], false, `PROXY 127.0.0.1:${port}`);
    expect(outcome).toHaveProperty('socket');
    if ('socket' in outcome) outcome.socket.destroy();
    // Without the proxy it is not resolved again.
    expect((await reached([], false, 'DIRECT')).outcome).toEqual({ noWay: 'ERR_NAME_NOT_RESOLVED' });
  });
});
