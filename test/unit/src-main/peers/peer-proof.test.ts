import * as fc from 'fast-check';
import { base64url, calculateJwkThumbprint, CompactSign, exportJWK } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { nodeTokenCrypto } from '../../../../src-main/adapters/computer/node-token-crypto.ts';
import { ProofKey } from '../../../../src-main/authorization/proof-key.ts';
import { proofAddress } from '../../../../src-main/peers/peer-proof.ts';
import { mostProofsKept, SeenProofs } from '../../../../src-main/peers/seen-proofs.ts';
import { MemoryDocuments } from '../../../fakes/memory-documents.ts';
import { PeerScene } from '../../../fakes/peer-scene.ts';
import { TokenSigner } from '../../../fakes/token-signer.ts';
import { said, tries } from '../../../fakes/tries.ts';

const url = 'https://store-014.example/orders';
const signers = new Map(
  await Promise.all(
    ['ES256', 'EdDSA', 'PS256', 'RS256', 'ES384', 'RS512'].map(
      async (algorithm) => [algorithm, await TokenSigner.create(algorithm)] as const,
    ),
  ),
);
const holder = signers.get('ES256') as TokenSigner;
const thief = await TokenSigner.create('ES256');

let scene: PeerScene;
let token: string;
let serial = 0;
beforeEach(async () => {
  scene = await PeerScene.create();
  token = await boundTo(holder);
});

async function boundTo(signer: TokenSigner): Promise<string> {
  return scene.register({ cnf: { jkt: await calculateJwkThumbprint(await exportJWK(signer.publicKey)) } });
}

interface Made {
  readonly signer?: TokenSigner;
  readonly of?: string;
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
}

/** A good proof for `GET url`, with changes. */
async function proofOf({ signer = holder, of = token, claims = {}, header = {} }: Made = {}): Promise<string> {
  serial += 1;
  const payload = {
    jti: `proof-${serial}`,
    htm: 'GET',
    htu: url,
    iat: scene.seconds,
    ath: nodeTokenCrypto.digestOf(of),
    ...claims,
  };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({
      alg: signer.algorithm,
      typ: 'dpop+jwt',
      jwk: await exportJWK(signer.publicKey),
      ...header,
    })
    .sign(signer.privateKey);
}

const present = async (proof: string, request: { method?: string; url?: string } = {}) =>
  scene.outcome(token, { proof, method: 'GET', url, ...request });

describe('a bound token with its proof (RFC 9449 §4.3)', () => {
  it.each(['ES256', 'EdDSA', 'PS256', 'RS256'])('is accepted if it is signed with %s', async (algorithm) => {
    const signer = signers.get(algorithm) as TokenSigner;
    token = await boundTo(signer);
    expect(await present(await proofOf({ signer }))).toBe('our_peer');
  });

  it('is accepted with a proof of the console that holds the hash of the token', async () => {
    const key = await ProofKey.create();
    token = await scene.register({ cnf: { jkt: key.thumbprint } });
    expect(await present(await key.prove({ method: 'GET', url, issuedAt: scene.now, accessToken: token }))).toBe(
      'our_peer',
    );
    // A proof for the Authorization server does not name the token. Here it must (RFC 9449 §7.1).
    expect(await present(await key.prove({ method: 'GET', url, issuedAt: scene.now }))).toBe('proof_invalid');
  });

  it('is accepted once with each proof', async () => {
    const [first, second] = [await proofOf(), await proofOf()];
    expect(await present(first)).toBe('our_peer');
    expect(await present(first)).toBe('proof_invalid');
    expect(await present(second)).toBe('our_peer');
    expect(await present(second)).toBe('proof_invalid');
    expect(scene.verifier.kept.proofs).toBe(2);
  });

  it('is accepted with a jti that another key has used', async () => {
    expect(await present(await proofOf({ claims: { jti: 'one' } }))).toBe('our_peer');
    token = await boundTo(thief);
    expect(await present(await proofOf({ signer: thief, claims: { jti: 'one' } }))).toBe('our_peer');
  });

  it.each([
    ['a query and a fragment', `${url}?page=2#top`, url],
    ['a query in the proof', url, `${url}?page=2`],
    ['the default port', 'https://store-014.example:443/orders', url],
    ['a host in capitals', 'https://STORE-014.example/orders', url],
    ['dot segments', 'https://store-014.example/x/../orders', url],
    ['encoded letters', 'https://store-014.example/%6frders', url],
    ['encodings in another case', 'https://store-014.example/%c3%a9', 'https://store-014.example/%C3%A9'],
  ])('is accepted for the same address with %s', async (_name, asked, htu) => {
    expect(await present(await proofOf({ claims: { htu } }), { url: asked })).toBe('our_peer');
  });

  it('is refused for a fault of the token first, which does not use up the proof', async () => {
    const proof = await proofOf();
    scene.own = null;
    expect(await present(proof)).toBe('not_licensed');
    expect(scene.verifier.kept.proofs).toBe(0);
  });
});

const badProofs: readonly [string, () => string | Promise<string>, { method?: string; url?: string }?][] = [
  ['nothing', () => ''],
  ['text that is no JWS', () => 'a.b'],
  ['another type', () => proofOf({ header: { typ: 'JWT' } })],
  ['no type', () => proofOf({ header: { typ: undefined } })],
  ['no key', () => proofOf({ header: { jwk: undefined } })],
  ['a key that is a text', () => proofOf({ header: { jwk: 'key' } })],
  ['a key of a kind that is a member of every object', () => proofOf({ header: { jwk: { kty: 'constructor' } } })],
  ['a private key', async () => proofOf({ header: { jwk: await exportJWK(holder.privateKey) } })],
  ['the thief’s key', () => proofOf({ signer: thief })],
  [
    'the holder’s key, the thief’s signature',
    async () => proofOf({ signer: thief, header: { jwk: await exportJWK(holder.publicKey) } }),
  ],
  [
    'an unknown extension',
    async () => {
      const [, payload, signature] = (await proofOf()).split('.');
      const jwk = await exportJWK(holder.publicKey);
      const head = { alg: 'ES256', typ: 'dpop+jwt', jwk, crit: ['x'], x: 1 };
      return `${base64url.encode(JSON.stringify(head))}.${payload}.${signature}`;
    },
  ],
  [
    'alg none',
    async () => {
      const [, payload, signature] = (await proofOf()).split('.');
      const head = { alg: 'none', typ: 'dpop+jwt', jwk: await exportJWK(holder.publicKey) };
      return `${base64url.encode(JSON.stringify(head))}.${payload}.${signature}`;
    },
  ],
  ['another method', () => proofOf({ claims: { htm: 'POST' } })],
  ['the method in small letters', () => proofOf({ claims: { htm: 'get' } })],
  ['no method', () => proofOf({ claims: { htm: undefined } })],
  ['a request of another method', () => proofOf(), { method: 'POST' }],
  ['another host', () => proofOf({ claims: { htu: 'https://store-015.example/orders' } })],
  ['another path', () => proofOf({ claims: { htu: `${url}/1` } })],
  ['another scheme', () => proofOf({ claims: { htu: 'http://store-014.example/orders' } })],
  ['another port', () => proofOf({ claims: { htu: 'https://store-014.example:8443/orders' } })],
  ['an encoded slash for a slash', () => proofOf({ claims: { htu: 'https://store-014.example%2Forders' } })],
  ['no address', () => proofOf({ claims: { htu: undefined } })],
  ['no address on either side', () => proofOf({ claims: { htu: 'none' } }), { url: 'none' }],
  ['a user name in the address', () => proofOf({ claims: { htu: 'https://me@store-014.example/orders' } })],
  ['the hash of another token', () => proofOf({ of: 'other' })],
  ['no hash of the token', () => proofOf({ claims: { ath: undefined } })],
  ['no iat', () => proofOf({ claims: { iat: undefined } })],
  ['iat as text', () => proofOf({ claims: { iat: String(scene.seconds) } })],
  ['no jti', () => proofOf({ claims: { jti: undefined } })],
  ['an empty jti', () => proofOf({ claims: { jti: '' } })],
  ['a jti that is too long', () => proofOf({ claims: { jti: 'x'.repeat(257) } })],
  ['a proof that is too long', () => proofOf({ claims: { more: 'x'.repeat(8_192) } })],
  [
    'a claim twice',
    async () => {
      const [head, , signature] = (await proofOf()).split('.');
      return `${head}.${base64url.encode('{"htm":"GET","htm":"GET"}')}.${signature}`;
    },
  ],
  [
    'a changed signature',
    async () => {
      const [head, payload, signature = ''] = (await proofOf()).split('.');
      return `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    },
  ],
];

describe(`${badProofs.length} bad proofs are refused with proof_invalid, and none is remembered`, () => {
  it.each(badProofs)('%s', async (_name, make, request) => {
    expect(await present(await make(), request)).toBe('proof_invalid');
    expect(scene.verifier.kept.proofs).toBe(0);
  });

  it.each(['ES384', 'RS512'])('an algorithm that is not allowed (%s)', async (algorithm) => {
    const signer = signers.get(algorithm) as TokenSigner;
    token = await boundTo(signer);
    expect(await present(await proofOf({ signer }))).toBe('proof_invalid');
  });

  it('a missing proof is refused with proof_missing', async () => {
    expect(await scene.outcome(token)).toBe('proof_missing');
  });

  it.each([{ 'x5t#S256': 'x'.repeat(43) }, { jkt: 5 }, { jkt: '' }, {}, 'key', null])(
    'a token that is bound in another way (cnf: %j) is not accepted as an unbound one',
    async (cnf) => {
      token = await scene.register({ cnf });
      expect(await scene.outcome(token)).toBe('proof_missing');
      expect(await present(await proofOf())).toBe('proof_invalid');
    },
  );

  it('a proof with an unbound token is ignored', async () => {
    token = await scene.register();
    expect(await present('nothing')).toBe('our_peer');
  });
});

describe('the iat of a proof', () => {
  it.each([
    [-301, 'proof_invalid'],
    [-300, 'our_peer'],
    [-299, 'our_peer'],
    [299, 'our_peer'],
    [300, 'our_peer'],
    [301, 'proof_invalid'],
  ])('may be off by 300 s: %s s from now gives %s', async (offset, outcome) => {
    expect(await present(await proofOf({ claims: { iat: scene.seconds + offset } }))).toBe(outcome);
  });

  it('makes the console remember the proof as long as it could be accepted, even by a clock that is set back', async () => {
    const proof = await proofOf({ claims: { iat: scene.seconds + 300 } });
    expect(await present(proof)).toBe('our_peer');
    scene.clock.advance(600_000);
    expect(await present(proof)).toBe('proof_invalid');
    expect(scene.verifier.kept.proofs).toBe(1);
    scene.clock.advance(301_000);
    expect(await present(await proofOf())).toBe('our_peer');
    expect(scene.verifier.kept.proofs).toBe(1);
  });

  it('makes no proof acceptable again if the clock ran ahead and is corrected', async () => {
    const proof = await proofOf();
    expect(await present(proof)).toBe('our_peer');
    scene.clock.advance(310_000);
    expect(await present(await proofOf())).toBe('our_peer');
    scene.clock.advance(-300_000);
    expect(await present(proof)).toBe('proof_invalid');
  });
});

describe('the memory for proofs that were seen', () => {
  it('survives changed settings, so that no proof is accepted twice', async () => {
    const proof = await proofOf();
    expect(await present(proof)).toBe('our_peer');
    scene.changeSettings();
    expect(await present(proof)).toBe('proof_invalid');
    expect(await present(await proofOf())).toBe('our_peer');
  });

  it('survives the end of the console as digests, without the proofs that have expired', async () => {
    const documents = new MemoryDocuments();
    scene.seenProofs = new SeenProofs(mostProofsKept, documents);
    scene.changeSettings();
    const early = await proofOf({ claims: { iat: scene.seconds - 200 } });
    expect(await present(early)).toBe('our_peer');
    scene.clock.advance(500_000);
    const proof = await proofOf({ claims: { jti: 'captured' } });
    expect(await present(proof)).toBe('our_peer');
    expect(scene.seenProofs.keep(scene.now)).toMatchObject({ ok: true });
    const file = documents.files.get('seen-proofs') ?? '';
    expect(file).not.toMatch(/captured|eyJ/);
    expect(JSON.parse(file)).toMatchObject({ keys: [{ proofs: [expect.anything()] }] });

    scene.clock.advance(1_000);
    scene.seenProofs = new SeenProofs(mostProofsKept, documents);
    scene.changeSettings();
    // A run without any proof leaves the file as it is.
    expect(scene.seenProofs.keep(scene.now)).toMatchObject({ ok: true });
    expect(await present(proof)).toBe('proof_invalid');
    expect(await present(await proofOf())).toBe('our_peer');

    scene.clock.advance(3_600_000);
    scene.seenProofs = new SeenProofs(mostProofsKept, documents);
    scene.changeSettings();
    expect(await present(await proofOf())).toBe('our_peer');
    expect(scene.seenProofs.size).toBe(1);
  });

  it.each<[string, string]>([
    ['cut off', '{"version":1,"ke'],
    ['of another kind', '{"version":1,"keys":{"a":1}}'],
    ['with a name that is no digest', '{"version":1,"keys":[{"key":"a","proofs":[]}]}'],
    [
      'that never lapses',
      JSON.stringify({ version: 1, keys: [{ key: 'k'.repeat(43), proofs: [['p'.repeat(43), 8e15]] }] }),
    ],
  ])('survives a file %s and loses only its content', async (_name, text) => {
    const documents = new MemoryDocuments(new Map([['seen-proofs', text]]));
    scene.seenProofs = new SeenProofs(mostProofsKept, documents);
    scene.changeSettings();
    const proof = await proofOf();
    expect(await present(proof)).toBe('our_peer');
    expect(await present(proof)).toBe('proof_invalid');
    expect(scene.seenProofs.size).toBe(1);
    expect(scene.seenProofs.keep(scene.now)).toMatchObject({ ok: true });
  });

  it('is bounded when it reads a file that is too long, and works without the file on a full disk', async () => {
    const documents = new MemoryDocuments();
    const many = new SeenProofs(5_000, documents);
    const nameOf = (index: number) => String(index).padStart(43, 'x');
    for (let index = 0; index < 5_000; index += 1)
      many.take('k'.repeat(43), nameOf(index), scene.now + 1_000, scene.now);
    many.keep(scene.now);
    const fewer = new SeenProofs(1_000, documents);
    fewer.take('a'.repeat(43), nameOf(0), scene.now + 1_000, scene.now);
    expect(fewer.size).toBe(1_000);
    documents.writable = false;
    expect(fewer.keep(scene.now)).toMatchObject({ ok: false });
  });

  it('is bounded, and the oldest proof is forgotten first', () => {
    const seen = new SeenProofs(1_000);
    for (let index = 0; index < 5_000; index += 1) expect(seen.take('a', String(index), 10, 0)).toBe(true);
    expect(seen.size).toBe(1_000);
    expect(seen.take('a', '4999', 10, 0)).toBe(false);
    expect(seen.take('a', '4000', 10, 0)).toBe(false);
    expect(seen.take('a', '3999', 10, 0)).toBe(true);
  });

  it('does not forget the proofs of other keys because one key sends 50,000', () => {
    const seen = new SeenProofs(1_000);
    for (const key of ['register-1', 'register-2']) expect(seen.take(key, 'first', 10, 0)).toBe(true);
    for (let index = 0; index < 50_000; index += 1) seen.take('thief', String(index), 10, 0);
    expect(seen.size).toBe(1_000);
    for (const key of ['register-1', 'register-2']) expect(seen.take(key, 'first', 10, 0)).toBe(false);
    expect(seen.take('register-3', 'first', 10, 0)).toBe(true);
  });

  it('forgets keys that are no longer used', () => {
    const seen = new SeenProofs();
    for (let key = 0; key < 1_000; key += 1) seen.take(String(key), 'first', 10, 0);
    seen.take('another', 'first', 20, 10);
    expect(seen.size).toBe(1);
  });

  it(`accepts no proof twice in its lifetime: ${said(500)} sequences`, () => {
    const step = fc.record({
      key: fc.nat(2),
      id: fc.nat(10),
      lifeMs: fc.integer({ min: 1, max: 50 }),
      afterMs: fc.nat(10),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), (steps) => {
        const seen = new SeenProofs();
        const until = new Map<string, number>();
        let now = 0;
        for (const { key, id, lifeMs, afterMs } of steps) {
          now += afterMs;
          const name = `${key} ${id}`;
          const isNew = (until.get(name) ?? 0) <= now;
          expect(seen.take(String(key), String(id), now + lifeMs, now)).toBe(isNew);
          if (isNew) until.set(name, now + lifeMs);
        }
        expect(seen.size).toBeLessThanOrEqual(until.size);
      }),
      { numRuns: tries(500) },
    );
  });
});

describe('the address that a proof is for', () => {
  it.each([
    ['https://Host.example:443/a/./b/../c?q#f', 'https://host.example/a/c'],
    ['http://127.0.0.1:80', 'http://127.0.0.1/'],
    ['https://host.example/%7euser/%2f', 'https://host.example/~user/%2F'],
    ['ftp://host.example/', null],
    ['file:///etc/passwd', null],
    ['https://me:secret@host.example/', null],
    ['not an address', null],
    [`https://host.example/${'x'.repeat(2_000)}`, null],
  ])('is read from %s as %s', (text, address) => {
    expect(proofAddress(text)).toBe(address);
  });
});
