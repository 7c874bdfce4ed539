import { CompactSign } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PeerReason } from '../../../../src-shared/registers/peer-verdict.ts';
import { peerReasons } from '../../../../src-shared/registers/peer-verdict.ts';
import { detailsOf, PeerScene } from '../../../fakes/peer-scene.ts';
import { issuer, licenseClaims, TokenSigner } from '../../../fakes/token-signer.ts';

let scene: PeerScene;
beforeEach(async () => {
  scene = await PeerScene.create();
});

describe('the peers that are accepted', () => {
  it.each(['ES256', 'EdDSA', 'PS256', 'RS256'])('are a register of this server, signed with %s', async (algorithm) => {
    const other = await PeerScene.create(algorithm);
    expect(await other.verify(await other.register())).toEqual({
      accepted: true,
      relation: 'our_peer',
      warnings: [],
      judgedAt: other.now,
      peer: {
        serverId: 'register-3',
        serverName: 'Register 3',
        deviceType: 'register',
        edition: 'store',
        organization: { id: 'fc-xmsqa1', name: 'Fusion Coffee' },
        features: ['xms'],
        hub: { serverId: 'store-014', name: 'Store 014' },
        renewal: { state: 'licensed', warnsAt: expect.any(Number), endsAt: Date.parse('2027-02-01T05:00:00Z') },
        tokenIssuedAt: other.now,
        tokenExpiresAt: other.now + 7 * 86_400_000,
      },
    });
  });

  it('are the hub of this server', async () => {
    const hub = await scene.signer.sign(licenseClaims(scene.now, { server_id: 'corporate-1', hub: undefined }));
    expect(await scene.outcome(hub)).toBe('our_hub');
  });

  it('are a store server of this corporate server', async () => {
    scene.own = detailsOf(licenseClaims(scene.now, { server_id: 'corporate-1', hub: undefined }));
    expect(await scene.outcome(await scene.signer.sign(licenseClaims(scene.now)))).toBe('our_peer');
  });

  it('are one with a token that has no kid and unknown claims', async () => {
    expect(await scene.outcome(await scene.register({ more: { than: ['is', 'known'] } }, { kid: undefined }))).toBe(
      'our_peer',
    );
  });
});

type Make = () => string | Promise<string>;
const stranger = await TokenSigner.create('ES256', 'key-1');
const unsupported = await TokenSigner.create('ES384', 'key-1');
const unpublished = await TokenSigner.create('ES256', 'key-2');

/** The reason, what is presented, and the token, which is really signed. */
const refused: readonly [PeerReason, string, Make, boolean][] = [
  [
    'not_licensed',
    'any token while this server holds no license',
    () => {
      scene.own = null;
      return scene.register();
    },
    false,
  ],
  ['malformed', 'an opaque token', () => 'not-a-token', false],
  ['algorithm_unsupported', 'a token of ES384', () => unsupported.sign(scene.registerClaims()), false],
  ['key_unknown', 'a token of a key that is not published', () => unpublished.sign(scene.registerClaims()), false],
  [
    'key_unknown_offline',
    'the same, offline',
    () => {
      scene.keys.online = false;
      return unpublished.sign(scene.registerClaims());
    },
    false,
  ],
  [
    'key_refused',
    'the same, while the server refuses to give keys',
    () => {
      scene.keys.refusal = 'signing_keys_refused';
      return unpublished.sign(scene.registerClaims());
    },
    false,
  ],
  ['signature_invalid', 'a signature of another key', () => stranger.sign(scene.registerClaims()), false],
  ['type_invalid', 'a token of another type', () => scene.register({}, { typ: 'logout+jwt' }), true],
  ['other_issuer', 'a token of another issuer', () => scene.register({ iss: 'https://evil.example' }), true],
  ['other_audience', 'a token for another service', () => scene.register({ aud: 'urn:other' }), true],
  [
    'expired',
    'a token that has expired',
    () => scene.register({ iat: scene.seconds - 900, exp: scene.seconds - 300 }),
    true,
  ],
  [
    'clock_wrong',
    'a token that is issued tomorrow',
    () => scene.register({ iat: scene.seconds + 86_400, exp: scene.seconds + 172_800 }),
    true,
  ],
  ['license_details_missing', 'a token without a server', () => scene.register({ server_id: undefined }), true],
  [
    'other_organization',
    'a register of another organization',
    () => scene.register({ organization: { id: 'fc-other', name: 'Other' } }),
    true,
  ],
  [
    'organization_missing',
    'a register that names no organization',
    () => scene.register({ organization: undefined }),
    true,
  ],
  ['not_our_peer', 'a register of another hub', () => scene.register({ hub: { server_id: 'store-015' } }), true],
  [
    'license_expired',
    'a register whose license is past its end',
    () => scene.register({ license_renewal_date: '2026-02-28' }),
    true,
  ],
  ['proof_missing', 'a bound token alone', () => scene.register({ cnf: { jkt: 'x'.repeat(43) } }), true],
];

describe('each reason for a refusal, with a token that was signed for it', () => {
  it.each(refused)('is given: %s for %s', async (reason, _what, make, authentic) => {
    expect(await scene.verify(await make())).toMatchObject({
      accepted: false,
      reason,
      authentic,
      judgedAt: scene.now,
    });
  });

  it('is given: proof_invalid for a bound token with a bad proof', async () => {
    const token = await scene.register({ cnf: { jkt: 'x'.repeat(43) } });
    const proof = { proof: 'none', method: 'GET', url: 'https://store-014.example/' };
    expect(await scene.outcome(token, proof)).toBe('proof_invalid');
  });

  it(`is in the table: ${peerReasons.length} reasons`, () => {
    expect([...refused.map(([reason]) => reason), 'proof_invalid']).toEqual([...peerReasons]);
  });

  it('comes with the peer of an authentic token, or with what a forged token claims', async () => {
    const other = await scene.verify(await scene.register({ organization: { id: 'fc-other' } }));
    expect(other).toMatchObject({
      authentic: true,
      peer: { serverId: 'register-3', organization: { id: 'fc-other' } },
    });
    const forged = await scene.verify(await stranger.sign(scene.registerClaims({ server_name: 'Reg\u202e3\u0000' })));
    expect(forged).toMatchObject({ authentic: false, peer: { serverId: 'register-3', serverName: 'Reg3' } });
    expect(await scene.verify('not-a-token')).toMatchObject({ peer: null });
    const noServer = await scene.verify(await scene.register({ server_id: undefined }));
    expect(noServer).toMatchObject({ authentic: true, peer: null });
    const noDate = await scene.verify(await scene.register({ license_renewal_date: 'soon' }));
    expect(noDate).toMatchObject({
      accepted: true,
      peer: { serverId: 'register-3', renewal: { state: 'licensed', dateUnclear: true } },
    });
  });
});

/** With several faults, the reason that comes first in `peerReasons` is given. */
const faults: readonly [PeerReason, Record<string, unknown>, Record<string, unknown>?][] = [
  ['type_invalid', {}, { typ: 'logout+jwt' }],
  ['other_issuer', { iss: 'https://evil.example' }],
  ['other_audience', { aud: 'urn:other' }],
  ['expired', { iat: 1_700_000_000, exp: 1_700_000_900 }],
  ['other_organization', { organization: { id: 'fc-other' } }],
  ['not_our_peer', { hub: { server_id: 'store-015' } }],
  ['license_expired', { license_renewal_date: '2026-02-28' }],
  ['proof_missing', { cnf: { jkt: 'x'.repeat(43) } }],
];

describe('a token with several faults', () => {
  it.each(faults.map(([reason], index) => [reason, index] as const))(
    'is refused with %s before the later reasons',
    async (reason, index) => {
      const rest = faults.slice(index);
      const claims = Object.assign({}, ...rest.map(([, changes]) => changes).toReversed());
      const header = Object.assign({}, ...rest.map(([, , changes]) => changes ?? {}));
      expect(await scene.outcome(await scene.register(claims, header))).toBe(reason);
    },
  );
});

describe('a peer at the boundaries of its instants', () => {
  const s = () => scene.seconds;
  it.each<[string, () => Record<string, unknown>, string]>([
    ['expired 59 s ago', () => ({ iat: s() - 900, exp: s() - 59 }), 'our_peer'],
    ['expired 60 s ago', () => ({ iat: s() - 900, exp: s() - 60 }), 'expired'],
    ['expired 61 s ago', () => ({ iat: s() - 900, exp: s() - 61 }), 'expired'],
    ['issued 299 s ahead', () => ({ iat: s() + 299 }), 'our_peer'],
    ['issued 300 s ahead', () => ({ iat: s() + 300 }), 'our_peer'],
    ['issued 301 s ahead', () => ({ iat: s() + 301 }), 'clock_wrong'],
    ['valid in 300 s (nbf)', () => ({ nbf: s() + 300 }), 'our_peer'],
    ['valid in 301 s (nbf)', () => ({ nbf: s() + 301 }), 'clock_wrong'],
    ['licensed with a renewal date that ends in 1 s', () => ({ license_renewal_date: s() + 1 }), 'our_peer'],
    ['licensed with a renewal date that ends now', () => ({ license_renewal_date: s() }), 'license_expired'],
    ['licensed with a renewal date that ended 1 s ago', () => ({ license_renewal_date: s() - 1 }), 'license_expired'],
    ['licensed without a renewal date', () => ({ license_renewal_date: undefined }), 'our_peer'],
  ])('is judged to the second: %s', async (_name, changes, outcome) => {
    expect(await scene.outcome(await scene.register(changes()))).toBe(outcome);
  });

  it('is refused from exp + 60 s on, even if its token is remembered', async () => {
    const token = await scene.register({ exp: scene.seconds + 100 });
    expect(await scene.outcome(token)).toBe('our_peer');
    scene.clock.advance(159_000);
    expect(await scene.outcome(token)).toBe('our_peer');
    expect(scene.verifier.kept.tokens).toBe(1);
    scene.clock.advance(1_000);
    expect(await scene.outcome(token)).toBe('expired');
    expect(scene.verifier.kept.tokens).toBe(0);
  });
});

describe('the licenses of a peer and of this server', () => {
  it.each<[PeerReason, string, Record<string, unknown>, Record<string, unknown>]>([
    ['organization_missing', 'the peer names none', { organization: undefined }, {}],
    ['organization_missing', 'this server has none', {}, { organization: undefined }],
    ['organization_missing', 'the peer’s is empty', { organization: { id: '' } }, {}],
    ['organization_missing', 'the peer’s is a name alone', { organization: { name: 'Fusion Coffee' } }, {}],
    ['organization_missing', 'both are a name alone', { organization: { name: 'F' } }, { organization: { name: 'F' } }],
    [
      'organization_missing',
      'the peer’s is unclear and ours absent',
      { organization: 7.5 },
      { organization: undefined },
    ],
    ['organization_missing', 'ours is unclear and the peer’s absent', { organization: null }, { organization: [1, 2] }],
    ['other_organization', 'it is in another case', { organization: { id: 'FC-XMSQA1' } }, {}],
    ['other_organization', 'a character does not show', { organization: { id: 'fc-xmsqa1\u200b' } }, {}],
  ])('are refused for their organizations with %s if %s', async (reason, _name, peer, own) => {
    scene.own = detailsOf(licenseClaims(scene.now, own));
    expect(await scene.outcome(await scene.register(peer))).toBe(reason);
  });

  it.each<[string, Record<string, unknown>]>([
    ['names none', { organization: undefined }],
    ['is null', { organization: null }],
    ['has an empty id', { organization: { id: '' } }],
  ])(
    'lead to a warning if neither names an organization, and the hub decides: the claim %s',
    async (_name, organization) => {
      scene.own = detailsOf(licenseClaims(scene.now, organization));
      expect(await scene.verify(await scene.register(organization))).toMatchObject({
        accepted: true,
        relation: 'our_peer',
        warnings: ['organization_not_named'],
      });
      expect(await scene.outcome(await scene.register({ ...organization, hub: { server_id: 'store-015' } }))).toBe(
        'not_our_peer',
      );
      scene.expiredPeers = 'warn';
      expect(
        await scene.verify(await scene.register({ ...organization, license_renewal_date: '2026-02-28' })),
      ).toMatchObject({ warnings: ['organization_not_named', 'license_expired'] });
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['no hub', { hub: undefined }],
    ['a hub without an id', { hub: { name: 'Store 014' } }],
    ['a hub that begins like this server', { hub: { server_id: 'store-0140' } }],
    ['this server’s own token', { server_id: 'store-014', hub: { server_id: 'corporate-1' } }],
    ['another register of the same hub as this server', { hub: { server_id: 'corporate-1' } }],
  ])('are refused with not_our_peer for %s', async (_name, changes) => {
    expect(await scene.outcome(await scene.register(changes))).toBe('not_our_peer');
  });

  it('are not related because both name no hub', async () => {
    scene.own = detailsOf(licenseClaims(scene.now, { hub: undefined }));
    expect(await scene.outcome(await scene.register({ hub: undefined }))).toBe('not_our_peer');
  });

  it('are judged by the current setting for expired licenses, also with a remembered token', async () => {
    const token = await scene.register({ license_renewal_date: '2026-02-28' });
    expect(await scene.outcome(token)).toBe('license_expired');
    scene.expiredPeers = 'warn';
    expect(await scene.verify(token)).toMatchObject({
      accepted: true,
      warnings: ['license_expired'],
      peer: { renewal: { state: 'expired' } },
    });
    scene.expiredPeers = 'refuse';
    expect(await scene.outcome(token)).toBe('license_expired');
    expect(scene.signatures).toBe(1);
  });

  it('are judged by the current renewal state, also with a remembered token', async () => {
    const ends = scene.seconds + 31 * 86_400;
    const token = await scene.register({ license_renewal_date: ends, exp: scene.seconds + 99 * 86_400 });
    const states: unknown[] = [];
    for (const days of [0, 1, 29, 1]) {
      scene.clock.advance(days * 86_400_000);
      const verdict = await scene.verify(token);
      states.push(verdict.accepted ? verdict.peer.renewal.state : verdict.reason);
    }
    expect(states).toEqual(['licensed', 'requires_renewal', 'requires_renewal', 'license_expired']);
    expect(scene.signatures).toBe(1);
  });

  it('are compared with the current license of this server, also with a remembered token', async () => {
    const token = await scene.register();
    expect(await scene.outcome(token)).toBe('our_peer');
    scene.own = detailsOf(licenseClaims(scene.now, { server_id: 'store-099' }));
    expect(await scene.outcome(token)).toBe('not_our_peer');
    scene.own = null;
    expect(await scene.outcome(token)).toBe('not_licensed');
    expect(scene.signatures).toBe(1);
  });

  it('must name the same issuer, where a trailing slash makes no difference and a path does', async () => {
    expect(await scene.outcome(await scene.register({ iss: `${issuer}/` }))).toBe('our_peer');
    expect(await scene.outcome(await scene.register({ iss: `${issuer}/realm` }))).toBe('other_issuer');
  });
});

describe('tokens with unusual claims that only a faulty issuer would sign', () => {
  const signedAs = async (json: string) => {
    const key = scene.signer;
    return new CompactSign(new TextEncoder().encode(json))
      .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: 'at+jwt' })
      .sign(key.privateKey);
  };
  const text = (changes: Record<string, unknown> = {}) => JSON.stringify(scene.registerClaims(changes));

  it.each<[string, () => string, string]>([
    ['an infinite nbf', () => text({ nbf: 7 }).replace('"nbf":7', '"nbf":1e999'), 'clock_wrong'],
    ['an infinitely early nbf', () => text({ nbf: 7 }).replace('"nbf":7', '"nbf":-1e999'), 'our_peer'],
    ['iat below zero', () => text({ iat: -1 }), 'malformed'],
    ['iat of minus zero, written as a fraction', () => text({ iat: 7 }).replace('"iat":7', '"iat":-0.0'), 'our_peer'],
    ['exp of a fraction of a second', () => text({ exp: scene.seconds + 0.5 }), 'our_peer'],
    ['exp that is iat', () => text({ exp: scene.seconds, iat: scene.seconds }), 'malformed'],
    ['a member twice, two levels down', () => text().replace('"hub":{', '"hub":{"server_id":"x",'), 'malformed'],
    ['a member twice, once with an escape', () => text().replace('{', '{"server\\u005fid":"x",'), 'malformed'],
    ['a member __proto__', () => text().replace('{', '{"__proto__":{"server_id":"x"},'), 'our_peer'],
    [
      'no server_id but a member __proto__',
      () => text({ server_id: undefined }).replace('{', '{"__proto__":{"server_id":"x"},'),
      'license_details_missing',
    ],
    [
      'lists in lists, 20,000 deep, read or refused depending on the stack',
      () => text({ more: 7 }).replace('"more":7', `"more":${'['.repeat(20_000)}${']'.repeat(20_000)}`),
      'malformed|our_peer',
    ],
    ['a hub that only looks like this server', () => text({ hub: { server_id: 'store-\u043e14' } }), 'not_our_peer'],
    [
      'a hub of the same letters, composed otherwise',
      () => text({ hub: { server_id: 'sto\u0301re-014' } }),
      'not_our_peer',
    ],
    ['a hub with half a character', () => text({ hub: { server_id: 'store-014\ud800' } }), 'not_our_peer'],
    ['a hub in a list of one', () => text({ hub: [{ server_id: 'store-014' }] }), 'our_peer'],
    ['a hub in a list of two', () => text({ hub: [{ server_id: 'store-014' }, {}] }), 'not_our_peer'],
    ['an organization that is only its id', () => text({ organization: 'fc-xmsqa1' }), 'organization_missing'],
  ])('%s', async (_name, make, outcome) => {
    const token = await signedAs(make());
    const verdict = await scene.verify(token);
    expect(outcome.split('|')).toContain(verdict.accepted ? verdict.relation : verdict.reason);
    expect(await scene.verify(token)).toEqual(verdict);
    expect(() => JSON.stringify(verdict)).not.toThrow();
  });

  it('are refused with key_unknown if two keys have the same kid', async () => {
    const twin = await TokenSigner.create('ES256', 'key-1');
    scene.keys.published = { keys: [...(await twin.keySet()).keys, ...scene.keys.published.keys] };
    scene.keys.keptKeys = scene.keys.published;
    expect(await scene.outcome(await scene.register())).toBe('key_unknown');
    expect(await scene.outcome(await twin.sign(scene.registerClaims()))).toBe('key_unknown');
  });
});
