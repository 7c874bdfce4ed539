import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIssuerAddress, sameIssuer } from '../../../../src-main/authorization/issuer-address.ts';
import { plainIssuer } from '../../../../src-shared/servers/authorization-server-address.ts';
import { said, tries } from '../../../fakes/tries.ts';

describe('an issuer that its server has not named yet', () => {
  it.each([
    ['https://auth.example', 'https://auth.example'],
    ['https://auth.example/', 'https://auth.example'],
    ['HTTPS://Auth.Example:443/Realm', 'https://auth.example/Realm'],
    ['https://auth.example/realm/', 'https://auth.example/realm/'],
    ['https://münchen.example/ü', 'https://xn--mnchen-3ya.example/%C3%BC'],
    ['http://[::1]:4455/', 'http://[::1]:4455'],
  ])('%s is stored as %s, and is the same issuer', (typed, stored) => {
    const address = parseIssuerAddress(typed);
    expect(address.ok && plainIssuer(address.value.href)).toBe(stored);
    expect(sameIssuer(typed, stored)).toBe(true);
  });
});

describe('two spellings of an issuer', () => {
  it.each([
    ['https://auth.example', 'https://auth.example', true],
    ['https://auth.example', 'https://auth.example/', true],
    ['https://auth.example', 'HTTPS://AUTH.EXAMPLE', true],
    ['https://auth.example', 'https://auth.example:443', true],
    ['http://127.0.0.1', 'http://127.0.0.1:80/', true],
    ['https://auth.example/realm', 'https://AUTH.example:443/realm/', true],
    ['https://bücher.example', 'https://xn--bcher-kva.example', true],
    ['https://auth.example/realm', 'https://auth.example/Realm', false],
    ['https://auth.example', 'https://auth.example/realm', false],
    ['https://auth.example', 'https://auth.example:80', false],
    ['https://auth.example', 'https://auth.example:444', false],
    ['https://auth.example', 'http://auth.example', false],
    ['https://auth.example', 'https://auth.example.evil.example', false],
    ['https://auth.example', 'https://auth.example@evil.example', false],
    ['https://auth.example', 'https://user@auth.example', false],
    ['https://auth.example', 'https://auth.example/?', false],
    ['https://auth.example', 'https://auth.example/#', false],
    ['https://auth.example', ' https://auth.example', false],
    ['https://auth.example', 'https://auth.example\n', false],
    ['https://auth.example', 'https:\\\\auth.example', false],
    ['https://auth.example', 'https:auth.example', false],
    ['https://auth.example', 'auth.example', false],
    ['https://auth.example', '', false],
    ['urn:issuer', 'urn:issuer', true],
    ['urn:issuer', 'URN:issuer', false],
    ['no address', 'no address/', false],
  ])('%j and %j are the same: %s', (one, other, same) => {
    expect(sameIssuer(one, other)).toBe(same);
    expect(sameIssuer(other, one)).toBe(same);
  });

  it(`are the same in capitals, with the port or with a slash, but not with another path: ${said(500)} addresses`, () => {
    const host = fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.example$/);
    const path = fc.constantFrom('', '/realm', '/a/b', '/A%20b');
    fc.assert(
      fc.property(host, path, (name, at) => {
        const issuer = `https://${name}${at}`;
        for (const written of [`HTTPS://${name.toUpperCase()}${at}`, `https://${name}:443${at}`, `${issuer}/`])
          expect(sameIssuer(issuer, written)).toBe(true);
        for (const other of [`${issuer}/x`, `${issuer}.x`, `https://${name}:8443${at}`])
          expect(sameIssuer(issuer, other)).toBe(false);
      }),
      { numRuns: tries(500) },
    );
  });
});
