import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemWays } from '../../../../../../src-main/desktop/authorization-pane/pane-proxy/system-proxies.ts';
import { said, tries } from '../../../../../fakes/tries.ts';

const direct = { kind: 'direct' } as const;
const unsupported = { kind: 'unsupported' } as const;

describe('the system’s list of proxies', () => {
  it.each([
    ['DIRECT', [direct]],
    ['', []],
    ['PROXY proxy.example:3128', [{ kind: 'http', host: 'proxy.example', port: 3128 }]],
    ['PROXY a:80;DIRECT', [{ kind: 'http', host: 'a', port: 80 }, direct]],
    [
      'PROXY a:1; HTTPS b:443; SOCKS5 c:1080; DIRECT',
      [
        { kind: 'http', host: 'a', port: 1 },
        { kind: 'https', host: 'b', port: 443 },
        { kind: 'socks5', host: 'c', port: 1080 },
        direct,
      ],
    ],
    ['HTTPS b', [{ kind: 'https', host: 'b', port: 443 }]],
    ['HTTPS b:80', [{ kind: 'https', host: 'b', port: 80 }]],
    ['PROXY [2001:db8::1]:3128', [{ kind: 'http', host: '2001:db8::1', port: 3128 }]],
    // SOCKS 4 supports only addresses, so the name would have to be looked up twice.
    ['SOCKS c:1080; SOCKS4 c:1080', [unsupported, unsupported]],
    ['QUIC q:443', [unsupported]],
    ['PROXY', [unsupported]],
    ['PROXY a:99999', [unsupported]],
  ])('is read in order: %s', (list, ways) => {
    expect(systemWays(list)).toEqual(ways);
  });

  it(`allows a direct connection only if the text says so, for ${said(500)} texts`, () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const ways = systemWays(text);
        if (!/direct/i.test(text)) expect(ways).not.toContainEqual(direct);
      }),
      { numRuns: tries(500) },
    );
  });
});
