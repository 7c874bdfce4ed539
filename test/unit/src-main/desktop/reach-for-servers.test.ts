import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { reachForServers } from '../../../../src-main/desktop/reach-for-servers.ts';

const blocked = { refused: true };
const host = 'token.example';
const issuer = 'auth.example';
const { signal } = new AbortController();
const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).toReversed()) await close();
});

/** The outcome of a connection to a name with these addresses, and how often the network was asked. Without a proxy that works. */
async function reached(
  addresses: readonly string[],
  issuerHost: string | null,
  proxies = 'SOCKS proxy.example:1',
  issuerAddresses: readonly string[] = [],
) {
  const asked = { names: 0, proxies: 0 };
  const reach = reachForServers(() => ({
    proxySignIns: { of: async () => null, wanted: () => {}, onForgotten: () => {} },
    resolveHost: async (name) => {
      asked.names += 1;
      return name === host ? addresses : issuerAddresses;
    },
    resolveProxy: async () => {
      asked.proxies += 1;
      return proxies;
    },
  }));
  return { outcome: await reach(host, 443, signal, issuerHost), asked };
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
      for (const confirmed of [host, issuer])
        expect(await reached(addresses, confirmed, undefined, ['10.0.0.1'])).toEqual({
          outcome: blocked,
          asked: { names: 1, proxies: 0 },
        });
  });

  it.each(['10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1', '::ffff:10.0.0.1'])(
    'to a private address is allowed for the issuer’s own host, and for another if the issuer is in the private network: %s',
    async (address) => {
      for (const confirmed of [null, issuer]) {
        expect((await reached([address], confirmed)).outcome).toEqual(blocked);
        expect((await reached(['203.0.112.1', address], confirmed)).outcome).toEqual(blocked);
        expect((await reached([address], confirmed, undefined, ['203.0.112.2'])).outcome).toEqual(blocked);
      }
      expect((await reached([address], host)).asked).toEqual({ names: 1, proxies: 1 });
      expect((await reached([address], issuer, undefined, ['172.16.9.9'])).asked).toEqual({ names: 2, proxies: 1 });
    },
  );

  it.each<[string, readonly string[], boolean]>([
    ['no address', [], false],
    ['a public address', ['203.0.112.2'], false],
    ['a private address', ['10.0.0.2'], true],
    ['two private addresses', ['10.0.0.2', 'fd00::2'], true],
    ['a public and a private address', ['203.0.112.2', '10.0.0.2'], false],
    ['a private and a public address', ['10.0.0.2', '2600::1'], false],
    ['an address of this computer', ['127.0.0.1'], false],
    ['a link-local address', ['fe80::1'], false],
    ['a private address and one of this computer', ['10.0.0.2', '::1'], false],
    ['a private and a link-local address', ['169.254.1.1', '10.0.0.2'], false],
    ['a private address and what is no address', ['10.0.0.2', 'auth.example'], false],
  ])('to a private address of another host, if the issuer has %s', async (_name, issuerAddresses, isAllowed) => {
    const { outcome, asked } = await reached(['10.0.0.1'], issuer, undefined, issuerAddresses);
    expect(asked).toEqual({ names: 2, proxies: isAllowed ? 1 : 0 });
    if (!isAllowed) expect(outcome).toEqual(blocked);
  });

  it('to a public address is allowed', async () => {
    expect((await reached(['203.0.112.1', '2600::1'], issuer)).asked).toEqual({ names: 1, proxies: 1 });
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
    const { outcome } = await reached([], issuer, `PROXY 127.0.0.1:${port}`);
    expect(outcome).toHaveProperty('socket');
    if ('socket' in outcome) outcome.socket.destroy();
    // Without the proxy it is not resolved again.
    expect((await reached([], issuer, 'DIRECT')).outcome).toEqual({ netError: 'ERR_NAME_NOT_RESOLVED' });
  });
});
