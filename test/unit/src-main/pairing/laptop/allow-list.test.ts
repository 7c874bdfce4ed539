import {
  assert,
  constant,
  constantFrom,
  domain,
  ipV4Extended,
  mixedCase,
  nat,
  oneof,
  property,
  string,
  tuple,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  entryPlaces,
  hostWithoutName,
  listedPlace,
  relayPlaces,
} from '../../../../../src-main/pairing/laptop/allow-list.ts';
import { tries } from '../../../../fakes/tries.ts';

const list = ['auth.example:443', 'token.auth.example:8443', 'xn--bcher-kva.example:443', 'intranet:443'];
const published = (changes: object = {}) => ({
  issuer: 'https://auth.example',
  device_authorization_endpoint: 'https://auth.example/device',
  token_endpoint: 'https://token.auth.example:8443/token',
  jwks_uri: 'https://AUTH.example:443/keys',
  ...changes,
});

describe('the allow list of an Authorization server', () => {
  it('has each of its hosts and ports once', () => {
    expect(relayPlaces(published())).toEqual(['auth.example:443', 'token.auth.example:8443']);
    expect(relayPlaces(published({ revocation_endpoint: 'https://revoke.example/' }))).toContain('revoke.example:443');
  });

  it('has a shorter list of places for a User Code: those of the issuer and of the device authorization', () => {
    expect(entryPlaces(published())).toEqual(['auth.example:443']);
    const elsewhere = published({ device_authorization_endpoint: 'https://device.example:8443/d' });
    expect(entryPlaces(elsewhere)).toEqual(['auth.example:443', 'device.example:8443']);
  });

  it('has names in ASCII, as in DNS', () => {
    expect(relayPlaces(published({ jwks_uri: 'https://bücher.example/keys' }))).toContain('xn--bcher-kva.example:443');
  });

  it.each([
    ['http', 'http://auth2.example/'],
    ['another protocol', 'wss://auth2.example/'],
    ['this computer', 'https://localhost/'],
    ['this computer, by a longer name', 'https://a.localhost/'],
    ['an IPv4 address', 'https://10.0.0.5/'],
    ['an IPv4 address as one number', 'https://167772165/'],
    ['an IPv4 address in hex', 'https://0x0a000005/'],
    ['an IPv4 address in octal', 'https://012.0.0.5/'],
    ['an IPv4 address in full width', 'https://１０.0.0.5/'],
    ['an IPv6 address', 'https://[fd00::5]/'],
    ['an IPv4 address in an IPv6 address', 'https://[::ffff:10.0.0.5]/'],
    ['a dot at the end', 'https://auth2.example./'],
    ['no address at all', 'auth2.example'],
  ])('leaves out %s', (_name, jwks_uri) => {
    expect(relayPlaces(published({ jwks_uri }))).toEqual(['auth.example:443', 'token.auth.example:8443']);
  });
});

describe('an address without a name', () => {
  it.each([
    ['https://10.0.0.1', '10.0.0.1'],
    ['https://10.0.0.1:8443/keys', '10.0.0.1:8443'],
    ['https://[fd00::1]/keys', '[fd00::1]'],
    ['https://0x0a000001/keys', '10.0.0.1'],
    ['https://localhost/keys', 'localhost'],
    ['http://auth.example/keys', 'auth.example'],
    ['not an address', 'not an address'],
  ])('is found: %s', (address, host) => {
    expect(hostWithoutName(['https://auth.example', address])).toBe(host);
  });

  it('is not among names', () => {
    expect(hostWithoutName(['https://auth.example', 'https://intranet:8443/keys'])).toBeNull();
  });
});

describe('a requested host and port', () => {
  it.each([
    ['auth.example:443', { host: 'auth.example', port: 443 }],
    ['AUTH.EXAMPLE:443', { host: 'auth.example', port: 443 }],
    ['token.auth.example:8443', { host: 'token.auth.example', port: 8443 }],
    ['XN--BCHER-KVA.example:443', { host: 'xn--bcher-kva.example', port: 443 }],
    ['intranet:443', { host: 'intranet', port: 443 }],
  ])('%s is allowed', (authority, place) => {
    expect(listedPlace(authority, list)).toEqual(place);
  });

  it.each([
    '',
    ':443',
    'auth.example',
    'auth.example:',
    'auth.example:80',
    'auth.example:0',
    'auth.example:0443',
    'auth.example:+443',
    'auth.example:443 ',
    ' auth.example:443',
    'auth.example:443\n',
    'auth.example:443\r\nx: y',
    'auth.example :443',
    'auth.example\0:443',
    'auth.example:443\0',
    'auth.example%00:443',
    'auth%2eexample:443',
    'auth.example.:443',
    'auth..example:443',
    '.auth.example:443',
    'auth.example:443:443',
    'auth.example:65979',
    'auth.example:443.0',
    'auth.example:0x1bb',
    'auth.example:４４３',
    'ａuth.example:443',
    'auth。example:443',
    'au\u0442h.example:443',
    'auth.exam\u212Ale:443',
    'bücher.example:443',
    'user@auth.example:443',
    'user:password@auth.example:443',
    'auth.example:443@evil.example:443',
    'evil.example:443#auth.example:443',
    'evil.example:443?auth.example:443',
    'auth.example:443/',
    'auth.example\\@evil.example:443',
    'https://auth.example:443',
    '//auth.example:443',
    '*:443',
    '*.example:443',
    'a.auth.example:443',
    'auth.example.evil.example:443',
    'localhost:443',
    'LOCALHOST:443',
    'x.localhost:443',
    '127.0.0.1:443',
    '127.1:443',
    '0:443',
    '0.0.0.0:443',
    '2130706433:443',
    '0x7f.1:443',
    '0x7f000001:443',
    '0177.0.0.1:443',
    '127.0.0.0x1:443',
    '[::1]:443',
    '[::]:443',
    '[::ffff:7f00:1]:443',
    '[::ffff:127.0.0.1]:443',
    '[fe80::1%25eth0]:443',
    '::1:443',
    '169.254.169.254:443',
    `${'a.'.repeat(200)}example:443`,
    `${'a'.repeat(1_000_000)}:443`,
  ])('%j is not', (authority) => {
    expect(listedPlace(authority, list)).toBeNull();
  });

  it('is never an allowed IP address, even if the list has one', () => {
    const numbers = [
      '127.0.0.1',
      '[::1]',
      '0x7f000001',
      'localhost',
      '1.2.3.4',
      '10.0.0.255',
      '1.2.3.0x',
      '1.2.3.0xff',
    ];
    for (const host of numbers) expect(listedPlace(`${host}:443`, [`${host}:443`]), host).toBeNull();
    for (const host of ['3com.example', 'example.1a', 'example.a1', '1.0xfg'])
      expect(listedPlace(`${host}:443`, [`${host}:443`]), host).toEqual({ host, port: 443 });
  });

  it('is allowed only up to the lengths of DNS and the greatest port, even if the list has a longer one', () => {
    const longest = `${'a'.repeat(63)}.`.repeat(3) + 'a'.repeat(61);
    for (const place of [`${longest}:65535`, `${'a'.repeat(63)}.b:1`, 'a.b:65535'])
      expect(listedPlace(place, [place]), place).not.toBeNull();
    for (const place of [`${longest}a:65535`, `${'a'.repeat(64)}.b:1`, 'a.b:65536', 'a.b:0'])
      expect(listedPlace(place, [place]), place).toBeNull();
  });

  it('is allowed exactly if it is an entry in upper or lower case', () => {
    const near = oneof(
      string(),
      constantFrom(...list)
        .chain((place) => tuple(constant(place), nat(place.length), string({ maxLength: 2 })))
        .map(([place, at, more]) => `${place.slice(0, at)}${more}${place.slice(at)}`),
      mixedCase(constantFrom(...list)),
      tuple(domain(), nat(70_000)).map(([host, port]) => `${host}:${port}`),
      tuple(ipV4Extended(), constant(443)).map(([host, port]) => `${host}:${port}`),
    );
    assert(
      property(near, (authority) => {
        const ascii = authority.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
        expect(listedPlace(authority, list) !== null).toBe(list.includes(ascii));
      }),
      { numRuns: tries(3000) },
    );
  });
});
