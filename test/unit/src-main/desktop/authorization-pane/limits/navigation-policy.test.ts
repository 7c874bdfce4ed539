import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  evaluateNavigation,
  evaluateResolved,
  isOwnServer,
  type PanePolicy,
} from '../../../../../../src-main/desktop/authorization-pane/limits/navigation-policy.ts';
import {
  isPrivateAddress,
  isPrivateName,
} from '../../../../../../src-main/desktop/authorization-pane/private-addresses.ts';
import { said, tries } from '../../../../../fakes/tries.ts';

const publicServer: PanePolicy = {
  issuer: new URL('https://auth.example'),
  privateHosts: ['adfs.company.internal', '10.1.2.3:8443'],
};
const sandbox: PanePolicy = { issuer: new URL('http://127.0.0.1:4000'), privateHosts: [] };
const inTheStore: PanePolicy = { issuer: new URL('https://10.0.0.5/tenant'), privateHosts: [] };

const reasonOf = (address: string, policy = publicServer) => {
  const verdict = evaluateNavigation(address, policy);
  return verdict.allowed ? 'allowed' : verdict.reason;
};

/** Hostile addresses, and why each is refused. */
const hostile: readonly [string, string][] = [
  // Schemes
  ['http://auth.example/', 'scheme'],
  ['http://login.public.example/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['file://auth.example/share', 'scheme'],
  ['data:text/html,<script>1</script>', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['JaVaScRiPt:alert(1)', 'scheme'],
  ['java\tscript:alert(1)', 'scheme'],
  ['blob:https://auth.example/1', 'scheme'],
  ['filesystem:https://auth.example/temporary/x', 'scheme'],
  ['about:blank', 'scheme'],
  ['about:srcdoc', 'scheme'],
  ['view-source:https://auth.example/', 'scheme'],
  ['chrome://gpu', 'scheme'],
  ['devtools://devtools/bundled/inspector.html', 'scheme'],
  ['chrome-extension://abc/page.html', 'scheme'],
  ['fusion-console://app/index.html', 'scheme'],
  ['ftp://auth.example/', 'scheme'],
  ['ws://auth.example/', 'scheme'],
  ['ms-msdt:/id', 'scheme'],
  ['mailto:a@b.example', 'scheme'],
  ['intent://auth.example#Intent;end', 'scheme'],
  // Malformed addresses
  ['', 'malformed'],
  ['/relative', 'malformed'],
  ['//auth.example', 'malformed'],
  ['https://', 'malformed'],
  ['https://[::1', 'malformed'],
  ['https://auth.example:99999', 'malformed'],
  ['https://a b.example', 'malformed'],
  ['https://[fe80::1%25eth0]/', 'malformed'],
  ['https://1.2.3.4.5/', 'malformed'],
  // Credentials before the host
  ['https://user@auth.example/', 'credentials'],
  ['https://auth.example@evil.example/', 'credentials'],
  ['https://auth.example:443@10.0.0.5/', 'credentials'],
  ['https://:password@auth.example/', 'credentials'],
  // This computer
  ['https://localhost/', 'private_address'],
  ['https://LOCALHOST/', 'private_address'],
  ['https://localhost./', 'private_address'],
  ['https://localhost../', 'private_address'],
  ['https://x.localhost/', 'private_address'],
  ['https://127.0.0.1/', 'private_address'],
  ['https://127.0.0.1./', 'private_address'],
  ['https://127.1/', 'private_address'],
  ['https://2130706433/', 'private_address'],
  ['https://0x7f000001/', 'private_address'],
  ['https://0x7f.1/', 'private_address'],
  ['https://0177.0.0.1/', 'private_address'],
  ['https://017700000001/', 'private_address'],
  ['https://127。0。0。1/', 'private_address'],
  ['https://①②⑦.0.0.1/', 'private_address'],
  ['https://%31%32%37.0.0.1/', 'private_address'],
  ['https://0/', 'private_address'],
  ['https://0.0.0.0/', 'private_address'],
  ['https://[::]/', 'private_address'],
  ['https://[::1]/', 'private_address'],
  ['https://[0:0:0:0:0:0:0:1]/', 'private_address'],
  ['https://[::ffff:127.0.0.1]/', 'private_address'],
  ['https://[::ffff:7f00:1]/', 'private_address'],
  ['https://[::127.0.0.1]/', 'private_address'],
  ['https://[64:ff9b::127.0.0.1]/', 'private_address'],
  ['https://[2002:7f00:1::]/', 'private_address'],
  // The store's network
  ['https://10.0.0.5/', 'private_address'],
  ['https://10.1.2.3/', 'private_address'],
  ['https://172.16.0.1/', 'private_address'],
  ['https://172.31.255.255/', 'private_address'],
  ['https://192.168.1.1/', 'private_address'],
  ['https://3232235777/', 'private_address'],
  ['https://0xc0a80101/', 'private_address'],
  ['https://[::ffff:192.168.1.1]/', 'private_address'],
  ['https://[64:ff9b::10.0.0.5]/', 'private_address'],
  ['https://[64:ff9b:1::1]/', 'private_address'],
  ['https://[fc00::1]/', 'private_address'],
  ['https://[fd12:3456::1]/', 'private_address'],
  ['https://[fe80::1]/', 'private_address'],
  ['https://[fec0::1]/', 'private_address'],
  ['https://100.64.0.1/', 'private_address'],
  // Metadata services, broadcast, multicast
  ['https://169.254.169.254/latest/meta-data/', 'private_address'],
  ['https://255.255.255.255/', 'private_address'],
  ['https://224.0.0.1/', 'private_address'],
  ['https://[ff02::1]/', 'private_address'],
  // Names of private networks
  ['https://router/', 'private_address'],
  ['https://printer.local/', 'private_address'],
  ['https://PRINTER.LOCAL./', 'private_address'],
  ['https://intranet.internal/', 'private_address'],
  ['https://nas.home.arpa/', 'private_address'],
  ['https://pos.test/', 'private_address'],
  ['https://x.invalid/', 'private_address'],
  // Not quite a host that a setting names
  ['https://adfs.company.internal:8443/', 'private_address'],
  ['https://x.adfs.company.internal/', 'private_address'],
  ['https://10.1.2.3:8444/', 'private_address'],
  ['http://adfs.company.internal/', 'scheme'],
  ['wss://localhost/', 'private_address'],
];

describe(`E2, E6: ${hostile.length} hostile addresses, 0 escapes`, () => {
  it.each(hostile)('%j is refused (%s)', (address, reason) => {
    expect(reasonOf(address)).toBe(reason);
  });

  it("none of them is allowed for another server, unless it is that server's own", () => {
    const escapes = [sandbox, inTheStore].flatMap((policy) =>
      hostile
        .filter(
          ([address]) => evaluateNavigation(address, policy).allowed && new URL(address).host !== policy.issuer.host,
        )
        .map(([address]) => address),
    );
    expect(escapes).toEqual([]);
  });
});

describe('E2: addresses of a federated sign-in', () => {
  it.each([
    'https://auth.example/',
    'https://auth.example/device?user_code=1#x',
    'https://AUTH.example:443/',
    'https://login.microsoftonline.com/tenant/oauth2',
    'https://company.okta.com/',
    'https://accounts.google.com/',
    'https://8.8.8.8/',
    'https://172.32.0.1/',
    'https://192.169.0.1/',
    'https://[2606:4700::1111]/',
    'https://[::ffff:8.8.8.8]/',
    'https://[64:ff9b::8.8.8.8]/',
    'https://xn--mnchen-3ya.example/',
    'https://localhost.evil.example/',
    'https://adfs.company.internal/adfs/ls',
    'https://10.1.2.3:8443/',
    'wss://auth.example/events',
  ])('%s is allowed', (address) => {
    expect(reasonOf(address)).toBe('allowed');
  });

  it.each([
    ['http://127.0.0.1:4000/device', 'allowed'],
    ['ws://127.0.0.1:4000/', 'allowed'],
    ['http://127.0.0.1:4001/', 'scheme'],
    ['http://localhost:4000/', 'scheme'],
    ['https://127.0.0.1:4000/', 'private_address'],
    ['https://login.public.example/', 'allowed'],
  ])('with a sandbox on this computer as the server, %s is judged as %s', (address, reason) => {
    expect(reasonOf(address, sandbox)).toBe(reason);
  });

  it.each([
    ['https://10.0.0.5/device', 'allowed'],
    ['https://10.0.0.5:8443/', 'private_address'],
    ['https://10.0.0.6/', 'private_address'],
    ['http://10.0.0.5/', 'scheme'],
  ])("with a server in the company's network, %s is judged as %s", (address, reason) => {
    expect(reasonOf(address, inTheStore)).toBe(reason);
  });

  it('the server’s own pages are recognized by scheme, host and port', () => {
    expect(isOwnServer(new URL('https://auth.example/x'), publicServer)).toBe(true);
    for (const other of [
      'http://auth.example',
      'https://auth.example:8443',
      'https://auth.example.',
      'https://x.auth.example',
      'https://auth.example.evil.example',
    ]) {
      expect(isOwnServer(new URL(other), publicServer)).toBe(false);
    }
  });
});

describe('E6: a public name', () => {
  it.each([
    ['127.0.0.1'],
    ['10.0.0.5'],
    ['192.168.1.1'],
    ['169.254.169.254'],
    ['0.0.0.0'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fe80::1%eth0'],
    ['fd00::1'],
    ['::ffff:10.0.0.5'],
    ['::ffff:a00:5'],
    ['64:ff9b::a00:5'],
    ['not an address'],
    [''],
  ])('that resolves to %j is refused, also together with a public address', (resolved) => {
    expect(evaluateResolved('https://rebind.evil.example/', [resolved], publicServer)).toEqual({
      allowed: false,
      reason: 'private_address',
    });
    expect(evaluateResolved('https://rebind.evil.example/', ['93.184.216.34', resolved], publicServer).allowed).toBe(
      false,
    );
  });

  it.each([[['93.184.216.34']], [['2606:4700::1111', '93.184.216.34']], [['64:ff9b::5db8:d822']], [[]]])(
    'that resolves to %j is allowed',
    (resolved) => {
      expect(evaluateResolved('https://login.public.example/', resolved, publicServer).allowed).toBe(true);
    },
  );

  it('that resolves to a private address is allowed for the own server and for hosts in the settings', () => {
    expect(evaluateResolved('https://auth.example/', ['10.0.0.5'], publicServer).allowed).toBe(true);
    expect(evaluateResolved('https://adfs.company.internal/', ['10.0.0.5'], publicServer).allowed).toBe(true);
    expect(evaluateResolved('http://auth.example/', ['10.0.0.5'], publicServer).allowed).toBe(false);
  });
});

describe('E6: addresses', () => {
  const privateV4 = fc.oneof(
    fc.tuple(fc.constant(10), fc.nat(255)),
    fc.tuple(fc.constant(127), fc.nat(255)),
    fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 })),
    fc.constant([192, 168] as const),
    fc.constant([169, 254] as const),
  );

  it(`${said(1_000)} private addresses are refused in every spelling of a URL`, () => {
    fc.assert(
      fc.property(privateV4, fc.nat(255), fc.nat(255), ([a, b], c, d) => {
        const number = ((a * 256 + b) * 256 + c) * 256 + d;
        const spellings = [
          `${a}.${b}.${c}.${d}`,
          String(number),
          `0x${number.toString(16)}`,
          `0${number.toString(8)}`,
          `${a}.${number % 2 ** 24}`,
          `0x${a.toString(16)}.0${b.toString(8)}.${c}.${d}`,
          `${a}.${b}.${c * 256 + d}.`,
          `[::ffff:${a}.${b}.${c}.${d}]`,
          `[::${a}.${b}.${c}.${d}]`,
          `[64:ff9b::${a}.${b}.${c}.${d}]`,
        ];
        for (const host of spellings) expect(reasonOf(`https://${host}/`), host).toBe('private_address');
      }),
      { numRuns: tries(1_000) },
    );
  });

  it(`${said(2_000)} random texts are judged without an exception, and only https and wss are allowed`, () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl({ validSchemes: ['http', 'https', 'file', 'ftp'] }),
          fc.string({ unit: 'binary' }),
          fc.webAuthority().map((host) => `https://${host}`),
        ),
        (address) => {
          const verdict = evaluateNavigation(address, publicServer);
          if (verdict.allowed) expect(new URL(address).protocol).toMatch(/^(https|wss):$/);
        },
      ),
      { numRuns: tries(2_000) },
    );
  });

  it.each(['10.0.0.5', '::1', 'fe80::1', 'x', '', '1.2.3', '1.2.3.4.5'])(
    '%j counts as private or invalid',
    (address) => {
      expect(isPrivateAddress(address)).toBe(true);
    },
  );

  it.each(['router', 'localhost', 'a.localhost', 'a.local.', 'a.internal', 'a.home.arpa', '', '.'])(
    'the name %j counts as private',
    (name) => {
      expect(isPrivateName(name)).toBe(true);
    },
  );
});
