import { constants, createHash, generateKeyPairSync, sign } from 'node:crypto';
import * as fc from 'fast-check';
import { base64url, exportJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { nodeTokenCrypto } from '../../../../../src-main/adapters/computer/node-token-crypto.ts';
import type { SignatureAlgorithm } from '../../../../../src-main/ports/token-crypto.ts';
import { said, tries } from '../../../../fakes/tries.ts';
import { TokenSigner } from '../../../../fakes/token-signer.ts';

const algorithms: readonly SignatureAlgorithm[] = ['ES256', 'EdDSA', 'PS256', 'RS256'];

async function signed(algorithm: string) {
  const signer = await TokenSigner.create(algorithm);
  const token = await signer.sign({ hello: 'there' });
  const at = token.lastIndexOf('.');
  return { jwk: await exportJWK(signer.publicKey), text: token.slice(0, at), signature: token.slice(at + 1) };
}

describe('signatures', () => {
  it.each(algorithms)('a %s signature is valid only for its own text and unchanged', async (algorithm) => {
    const { jwk, text, signature } = await signed(algorithm);
    const key = nodeTokenCrypto.importKey({ ...jwk }, algorithm);
    expect(key?.verify(text, signature)).toBe(true);
    expect(key?.verify(`${text}A`, signature)).toBe(false);
    const { length } = base64url.decode(signature);
    const others = [
      '',
      'A',
      'AAAA',
      `${signature}AAAA`,
      signature.slice(0, -4),
      base64url.encode(new Uint8Array(length)),
    ];
    for (const other of others) expect(key?.verify(text, other)).toBe(false);
  });

  it('an ES256 signature in DER is invalid (RFC 7518 §3.4)', async () => {
    const { jwk, text, signature } = await signed('ES256');
    const [r, s] = [base64url.decode(signature).slice(0, 32), base64url.decode(signature).slice(32)];
    const integer = (bytes: Uint8Array) => [2, 33, 0, ...bytes];
    const der = new Uint8Array([0x30, 70, ...integer(r), ...integer(s)]);
    expect(nodeTokenCrypto.importKey({ ...jwk }, 'ES256')?.verify(text, base64url.encode(der))).toBe(false);
  });

  // RFC 7518 §3.5: the salt is as long as the output of the hash.
  it.each([
    [0, false],
    [20, false],
    [31, false],
    [32, true],
    [33, false],
    [64, false],
  ])('a PS256 signature with a salt of %i bytes is valid: %s', (saltLength, valid) => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    const signature = sign('sha256', Buffer.from('signed'), { key: privateKey, padding, saltLength });
    const key = nodeTokenCrypto.importKey({ ...publicKey.export({ format: 'jwk' }) }, 'PS256');
    expect(key?.verify('signed', signature.toString('base64url'))).toBe(valid);
  });

  it('a PS256 signature is invalid as RS256 by the same key', async () => {
    const { jwk, text, signature } = await signed('PS256');
    expect(nodeTokenCrypto.importKey({ ...jwk }, 'RS256')?.verify(text, signature)).toBe(false);
  });
});

describe('a key', () => {
  it.each(algorithms)('for %s can be imported only for that kind of algorithm', async (algorithm) => {
    const { jwk } = await signed(algorithm);
    const kinds = algorithms.filter((other) => nodeTokenCrypto.importKey({ ...jwk }, other));
    expect(kinds).toEqual(jwk.kty === 'RSA' ? ['PS256', 'RS256'] : [algorithm]);
  });

  it.each([
    [1024, false],
    [2047, false],
    [2048, true],
  ])('for RSA with %i bits is usable: %s', (modulusLength, usable) => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength });
    const jwk = publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
    expect(nodeTokenCrypto.importKey(jwk, 'RS256') !== null).toBe(usable);
  });

  it('can be imported from a private key', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(nodeTokenCrypto.importKey({ ...privateKey.export({ format: 'jwk' }) }, 'ES256')).not.toBeNull();
  });

  it(`never throws when it is damaged, in ${said(500)} cases`, async () => {
    const good = await Promise.all(algorithms.map(async (algorithm) => ({ algorithm, ...(await signed(algorithm)) })));
    const damage = fc.dictionary(fc.constantFrom('kty', 'crv', 'x', 'y', 'n', 'e', 'd'), fc.jsonValue(), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...good),
        damage,
        fc.constantFrom(...algorithms),
        ({ jwk, text, signature }, changed, algorithm) => {
          const key = nodeTokenCrypto.importKey({ ...jwk, ...changed }, algorithm);
          expect(typeof (key?.verify(text, signature) ?? false)).toBe('boolean');
        },
      ),
      { numRuns: tries(500) },
    );
  });
});

describe('decoded texts', () => {
  it(`are decoded from their base64url, for ${said(1_000)} texts`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const encoded = base64url.encode(text);
        // A byte order mark is not part of the text (RFC 8259 §8.1 lets a parser ignore it).
        expect(nodeTokenCrypto.textOf(encoded)).toBe(text.replace(/^\ufeff/, ''));
      }),
      { numRuns: tries(1_000) },
    );
  });

  it.each([
    ['an impossible length', 'AAAAA'],
    ['bytes that are not UTF-8', base64url.encode(new Uint8Array([0xff, 0xfe]))],
    ['half a character', base64url.encode(new Uint8Array([0xc3]))],
    ['a surrogate', base64url.encode(new Uint8Array([0xed, 0xa0, 0x80]))],
  ])('are null for %s', (_name, encoded) => {
    expect(nodeTokenCrypto.textOf(encoded)).toBeNull();
  });

  it('have a SHA-256 digest in base64url', () => {
    const expected = createHash('sha256').update('ä', 'utf8').digest('base64url');
    expect(nodeTokenCrypto.digestOf('ä')).toBe(expected);
  });
});
