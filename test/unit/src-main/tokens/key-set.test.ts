import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTokenCrypto } from '../../../../src-main/adapters/computer/node-token-crypto.ts';
import { readKeySet } from '../../../../src-main/authorization/signing-keys.ts';
import type { SignatureAlgorithm } from '../../../../src-main/ports/token-crypto.ts';
import { keyFor, KeySet } from '../../../../src-main/tokens/key-set.ts';
import { TokenSigner } from '../../../fakes/token-signer.ts';
import { said, tries } from '../../../fakes/tries.ts';

const key = { kty: 'EC', crv: 'P-256', kid: 'k1', alg: 'ES256', use: 'sig', x: 'x', y: 'y' };

describe('a valid key set from which a key is chosen for a token', () => {
  const { kid: _, alg: _alg, use: _use, ...plain } = key;
  const rsa = { kty: 'RSA', n: 'n'.repeat(342), e: 'AQAB' };
  const strange = [
    { kty: 'oct', k: 'secret', kid: 'k1' },
    { kty: 'AKP', alg: 'ML-DSA-44', pub: '…', kid: 'k1' },
    { kty: 'EC', crv: 'secp256k1', x: 'x', y: 'y', kid: 'k1' },
    { kty: 'EC', crv: 'P-521', x: 'x', y: 'y', kid: 'k1', alg: 'ES512' },
    { kty: 'OKP', crv: 'X25519', x: 'x', kid: 'k1', use: 'enc' },
    { ...rsa, kid: 'k1', use: 'enc', alg: 'RSA-OAEP' },
    { kid: 'k1' },
    {},
    null,
  ];
  const found = (keys: readonly unknown[], algorithm: SignatureAlgorithm = 'ES256', kid: unknown = 'k1') => {
    const set = readKeySet(JSON.stringify({ keys }));
    return set && keyFor(set, algorithm, kid);
  };

  it.each<[string, readonly unknown[]]>([
    ['one key', [key]],
    ['the same key twice', [key, key]],
    ['the same key with more and fewer members', [key, { ...plain, kid: 'k1' }, { ...key, alg: undefined }]],
    ['the same key with its certificate', [key, { ...key, x5c: ['MIIC'], x5t: 't', 'x5t#S256': 's' }]],
    ['use and alg null', [{ ...key, use: null, alg: null }]],
    ['use and alg empty', [{ ...key, use: '', alg: '' }]],
    ['every optional member null', [{ ...key, use: null, alg: null, key_ops: null, x5c: null, x5u: null, n: null }]],
    ['no operations', [{ ...key, key_ops: [] }]],
    ['a key without a kid', [{ ...key, kid: undefined }]],
    ['a key with an empty kid', [{ ...key, kid: '' }]],
    ['keys of all other kinds around it', [...strange, key, ...strange]],
    ['an RSA key with the same kid', [{ ...rsa, kid: 'k1' }, key]],
    [
      '500 keys, ours the last',
      [...Array.from({ length: 499 }, (_one, n) => ({ ...key, kid: `o-${n}`, x: `${n}` })), key],
    ],
    ['500 keys of an unknown kind', [...Array.from({ length: 500 }, () => ({ kty: 'AKP', pub: 'p' })), key]],
  ])('gives the key for %s', (_name, keys) => {
    expect(found(keys)).toEqual(plain);
  });

  it.each<[string, unknown]>([
    ['absent', undefined],
    ['null', null],
    ['empty', ''],
  ])('gives its only usable key if the kid of the token is %s', (_name, kid) => {
    const set = readKeySet(JSON.stringify({ keys: [...strange, key] }));
    expect(set && keyFor(set, 'ES256', kid)).toEqual(plain);
  });

  it.each<[string, SignatureAlgorithm, object]>([
    ['PS256', 'PS256', rsa],
    ['RS256', 'RS256', rsa],
    ['EdDSA', 'EdDSA', { kty: 'OKP', crv: 'Ed25519', x: 'x' }],
  ])('gives the key for %s, an unusual but allowed algorithm', (_name, algorithm, jwk) => {
    expect(found([key, ...strange, { ...jwk, kid: 'k1' }], algorithm)).toEqual(jwk);
    expect(found([{ ...jwk, kid: 'k1', alg: algorithm }, key], algorithm)).toEqual(jwk);
  });

  it.each<[string, readonly unknown[], unknown, string]>([
    ['two keys with one kid', [key, { ...key, x: 'another' }], 'k1', 'key_ambiguous'],
    ['a token without a kid, and two keys', [key, { ...key, kid: 'k2', x: 'another' }], undefined, 'key_ambiguous'],
    ['another kid', [key], 'k2', 'key_unknown'],
    ['a kid that is a number', [{ ...key, kid: '5' }], 5, 'key_unknown'],
    ['a key for encryption', [{ ...key, use: 'enc' }], 'k1', 'key_unknown'],
    ['a key for another algorithm', [{ ...key, alg: 'ES384' }], 'k1', 'key_unknown'],
    ['a key of another curve', [{ ...key, crv: 'P-384' }], 'k1', 'key_unknown'],
  ])('gives no key for %s', (_name, keys, kid, code) => {
    const set = readKeySet(JSON.stringify({ keys }));
    expect(set && keyFor(set, 'ES256', kid)).toBe(code);
  });

  it(`gives a good key among random others, and never throws: ${said(500)} key sets`, () => {
    const names = ['kty', 'kid', 'use', 'alg', 'crv', 'x', 'y', 'n', 'e', 'key_ops', 'x5c'];
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.jsonValue(), fc.constantFrom('EC', 'RSA', 'P-256', null))),
    );
    fc.assert(
      fc.property(fc.array(junk), fc.array(junk), fc.nat(3), (before, after, again) => {
        const ours = Array.from({ length: again + 1 }, () => ({ ...key, kid: 'ours' }));
        // A key without a kid, or with another one, is not ours.
        const others = [...before, ...after].filter((one) => (one as { kid?: unknown } | null)?.kid !== 'ours');
        expect(found([...others, ...ours], 'ES256', 'ours')).toEqual(plain);
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('the keys of a set', () => {
  const crypto = { ...nodeTokenCrypto, imports: 0 };
  crypto.importKey = (jwk, algorithm) => {
    crypto.imports += 1;
    return nodeTokenCrypto.importKey(jwk, algorithm);
  };

  it('are imported once, and a missing key has a reason', async () => {
    const { keys } = await (await TokenSigner.create('ES256', 'good')).keySet();
    const set = new KeySet({ keys: [...keys, key, { ...key, x: 'another', kid: 'k2' }] }, crypto);
    const found = set.find('ES256', 'good');
    expect(found).toHaveProperty('verify');
    expect(set.find('ES256', 'good')).toBe(found);
    expect([set.find('ES256', 'k1'), set.find('ES256', 'k1')]).toEqual(['key_unusable', 'key_unusable']);
    expect(crypto.imports).toBe(2);
    expect(set.find('ES256', 'k3')).toBe('key_unknown');
    expect(set.find('ES256', undefined)).toBe('key_ambiguous');
  });

  it('have the same fingerprint in any order', () => {
    const other = { ...key, kid: 'k2' };
    const fingerprint = (...keys: (typeof key)[]) => new KeySet({ keys }, crypto).fingerprint;
    expect(fingerprint(key, other)).toBe(fingerprint(other, key));
    expect(fingerprint(key)).not.toBe(fingerprint(other));
  });
});
