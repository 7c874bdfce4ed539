import { inspect } from 'node:util';
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, EmbeddedJWK, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { privateKeySchema, ProofKey } from '../../../../src-main/authorization/proof-key.ts';

const request = { method: 'POST', url: 'https://auth.example/token', issuedAt: Date.parse('2031-05-06T07:08:09.999Z') };

describe('a proof (RFC 9449 §4.2)', () => {
  it('is a signed JWT of type dpop+jwt for one method and address, with the key in its header', async () => {
    const key = await ProofKey.create();
    const { payload, protectedHeader } = await jwtVerify(await key.prove(request), EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: new Date(request.issuedAt),
    });
    const { x, y } = key.privateJwk;
    expect(protectedHeader).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } });
    expect(payload).toEqual({
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      htm: 'POST',
      htu: 'https://auth.example/token',
      iat: Date.parse('2031-05-06T07:08:09Z') / 1000,
    });
    expect(await calculateJwkThumbprint(key.privateJwk)).toBe(key.thumbprint);
  });

  it('names the address without query and fragment, and the nonce if there is one', async () => {
    const key = await ProofKey.create();
    const proof = await key.prove({ ...request, url: 'https://auth.example:8443/a/token?x=1#y', nonce: 'n-1' });
    expect(decodeJwt(proof)).toMatchObject({ htu: 'https://auth.example:8443/a/token', nonce: 'n-1' });
  });

  it('contains the hash of the access token that it is sent with', async () => {
    const key = await ProofKey.create();
    const proof = await key.prove({ ...request, accessToken: 'Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU' });
    // The example of RFC 9449 §7.1.
    expect(decodeJwt(proof)).toMatchObject({ ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' });
  });

  it('has its own jti: 1,000 proofs of the same request have 1,000 different ones', async () => {
    const key = await ProofKey.create();
    const proofs = await Promise.all(Array.from({ length: 1_000 }, () => key.prove(request)));
    expect(new Set(proofs.map((proof) => decodeJwt(proof).jti)).size).toBe(1_000);
  });
});

describe('the proof key', () => {
  it('is restored from the keychain as the same key', async () => {
    const key = await ProofKey.create();
    const restored = await ProofKey.restore(privateKeySchema.parse(JSON.parse(JSON.stringify(key.privateJwk))));
    if (!restored.ok) throw new Error(restored.failure.code);
    expect(restored.value.thumbprint).toBe(key.thumbprint);
    const proof = await restored.value.prove(request);
    expect(decodeProtectedHeader(proof).jwk).toMatchObject({ x: key.privateJwk.x });
    await jwtVerify(proof, EmbeddedJWK, { currentDate: new Date(request.issuedAt) });
  });

  it('is different each time it is created', async () => {
    const [one, other] = await Promise.all([ProofKey.create(), ProofKey.create()]);
    expect(one.thumbprint).not.toBe(other.thumbprint);
  });

  it('is refused with secret_store_damaged if it is not on its curve', async () => {
    const { privateJwk } = await ProofKey.create();
    expect(await ProofKey.restore({ ...privateJwk, x: 'A'.repeat(43) })).toMatchObject({
      ok: false,
      failure: { code: 'secret_store_damaged' },
    });
  });

  it('E8: shows its private part neither as JSON nor in an inspector', async () => {
    const key = await ProofKey.create();
    const shown = [JSON.stringify({ key }), inspect(key, { showHidden: true, depth: 5 })].join('\n');
    expect(shown).not.toContain(key.privateJwk.d);
    expect(JSON.parse(JSON.stringify(key))).toEqual({ thumbprint: key.thumbprint });
  });
});
