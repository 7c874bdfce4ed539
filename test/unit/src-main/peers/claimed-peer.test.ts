import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimedPeer } from '../../../../src-main/peers/claimed-peer.ts';
import { peersDocument, parsePeersDocument } from '../../../../src-main/peers/peers-document.ts';
import type { PeerSeen } from '../../../../src-shared/registers/peer-verdict.ts';
import { said, tries } from '../../../fakes/tries.ts';

describe('the claims of an unsigned token', () => {
  it('are shown short and clean', () => {
    expect(
      claimedPeer({
        server_id: ` register\u0000-3\u202e\u200b${'x'.repeat(500)}`,
        server_name: '\u0007\u2028',
        edition: 'galactic',
        device_type: 'register',
        organization: { id: 'fc-xmsqa1', name: 5 },
        hub: { server_id: 'store-014', url: 'javascript:alert(1)' },
        features: ['xms', 5, '\u0000', ...Array.from({ length: 500 }, () => 'x')],
        iat: 1_700_000_000,
        exp: 1e300,
      }),
    ).toEqual({
      serverId: `register -3${'x'.repeat(88)}…`,
      deviceType: 'register',
      organization: { id: 'fc-xmsqa1' },
      hub: { serverId: 'store-014' },
      features: ['xms', ...Array.from({ length: 17 }, () => 'x')],
      tokenIssuedAt: 1_700_000_000_000,
    });
  });

  it.each([{}, { server_id: '' }, { server_id: ' \u0000 ' }, { server_id: 5 }, { server_id: null }, { server_id: {} }])(
    'name no peer in %j',
    (claims) => {
      expect(claimedPeer(claims)).toBeNull();
    },
  );

  it(`give texts of at most 100 visible characters that can be stored and read again: ${said(1_000)} claims`, () => {
    const value = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 300 }));
    const claims = fc.record(
      {
        server_id: value,
        server_name: value,
        organization: fc.oneof(value, fc.record({ id: value, name: value })),
        hub: fc.oneof(value, fc.record({ server_id: value, name: value })),
        features: fc.oneof(value, fc.array(value, { maxLength: 50 })),
        edition: value,
        iat: fc.oneof(value, fc.double()),
        exp: fc.oneof(value, fc.double()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(claims, (made) => {
        const peer = claimedPeer(made);
        const texts = JSON.stringify(peer ?? {}, (_name, each: unknown) =>
          typeof each === 'string' && (each.length > 100 || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(each))
            ? 'BAD'
            : each,
        );
        expect(texts).not.toContain('"BAD"');
        const seen: PeerSeen = {
          key: 'k',
          verdict: { accepted: false, reason: 'signature_invalid', peer, authentic: false, judgedAt: 1 },
          firstSeenAt: 1,
          lastSeenAt: 1,
          acceptedCount: 0,
          refusedCount: 1,
          askedBy: 'POS',
        };
        expect(parsePeersDocument(JSON.parse(JSON.stringify(peersDocument([seen]))))).toEqual([seen]);
      }),
      { numRuns: tries(1_000) },
    );
  });
});
