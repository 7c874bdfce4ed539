import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PanePolicy } from '../../../../../../src-main/desktop/authorization-pane/limits/navigation-policy.ts';
import { reach } from '../../../../../../src-main/desktop/authorization-pane/pane-proxy/reach.ts';
import { isPrivateAddress } from '../../../../../../src-main/desktop/authorization-pane/private-addresses.ts';
import { said, tries } from '../../../../../fakes/tries.ts';

const policy: PanePolicy = { issuer: new URL('https://auth.example'), privateHosts: ['adfs.example:8443'] };
const client = { gone: new AbortController().signal };
const blocked = { netError: 'ERR_BLOCKED_BY_CLIENT' };

/** A network without any connection. It counts the look-ups. */
function network(addresses: readonly string[]) {
  const asked = { names: 0, proxies: 0 };
  return {
    asked,
    resolveHost: async () => {
      asked.names += 1;
      return addresses;
    },
    resolveProxy: async () => {
      asked.proxies += 1;
      return '';
    },
  };
}

const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6());
const port = fc.integer({ min: 1, max: 65_535 });

describe('a connection of the pane', () => {
  it(`to a name is allowed only if all its addresses are public, with one look-up, for ${said(1_000)} names`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyAddress, { minLength: 1, maxLength: 4 }), port, async (addresses, at) => {
        const system = network(addresses);
        const verdict = await reach(`login.public.example:${at}`, policy, system, client);
        const inside = addresses.some(isPrivateAddress);
        expect(verdict).toEqual(inside ? blocked : { netError: 'ERR_NO_SUPPORTED_PROXIES' });
        expect(system.asked).toEqual({ names: 1, proxies: inside ? 0 : 1 });
      }),
      { numRuns: tries(1_000) },
    );
  });

  it(`to an address is allowed only if it is public, without a look-up, for ${said(1_000)} addresses`, async () => {
    await fc.assert(
      fc.asyncProperty(anyAddress, port, async (address, at) => {
        const system = network([]);
        const host = address.includes(':') ? `[${address}]` : address;
        const verdict = await reach(`${host}:${at}`, policy, system, client);
        expect(verdict).toEqual(isPrivateAddress(address) ? blocked : { netError: 'ERR_NO_SUPPORTED_PROXIES' });
        expect(system.asked.names).toBe(0);
      }),
      { numRuns: tries(1_000) },
    );
  });

  it(`to any other text is refused without an exception, for ${said(500)} texts`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.webAuthority(), fc.webUrl(), fc.domain()),
        async (authority) => {
          const verdict = await reach(authority, policy, network(['10.0.0.1']), client);
          const own = /^(auth\.example|adfs\.example:8443)(:443)?$/i.test(authority);
          if (!own)
            expect(verdict).toEqual(isPublicLiteral(authority) ? { netError: 'ERR_NO_SUPPORTED_PROXIES' } : blocked);
        },
      ),
      { numRuns: tries(500) },
    );
  });

  it.each(['auth.example:443', 'AUTH.example:443', 'adfs.example:8443'])(
    'to %s may lead to a private address',
    async (authority) => {
      expect(await reach(authority, policy, network(['10.0.0.1']), client)).toEqual({
        netError: 'ERR_NO_SUPPORTED_PROXIES',
      });
    },
  );

  it.each(['auth.example:80', 'auth.example:8443', 'x.auth.example:443', 'adfs.example:443', 'auth.example.:443'])(
    'to %s may not lead to a private address',
    async (authority) => {
      expect(await reach(authority, policy, network(['10.0.0.1']), client)).toEqual(blocked);
    },
  );
});

function isPublicLiteral(authority: string): boolean {
  const address = `https://${authority}/`;
  if (!URL.canParse(address)) return false;
  const { hostname, username, password, pathname, search, hash } = new URL(address);
  const plain = !username && !password && pathname === '/' && !search && !hash;
  const isLiteral = /^\[|^\d+(\.\d+){3}$/.test(hostname);
  return plain && isLiteral && !isPrivateAddress(hostname.replaceAll(/[[\]]/g, ''));
}
