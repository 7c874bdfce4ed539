import { describe, expect, it } from 'vitest';
import { clockToleranceMs } from '../../../../src-main/time/clock-check.ts';
import type { LicenseClaims } from '../../../../src-main/tokens/license-claims.ts';
import { leewayMs } from '../../../../src-main/tokens/token-rules.ts';
import {
  type AuthenticPeer,
  evaluatePeer,
  type PeerComparison,
  peerLicense,
  refusal,
} from '../../../../src-main/peers/evaluate-peer.ts';
import type { LicenseDetails } from '../../../../src-shared/license/license-status.ts';
import type { PeerDetails } from '../../../../src-shared/registers/peer-verdict.ts';

const day = 86_400_000;
const now = Date.parse('2026-03-10T12:00:00Z');
const organization = { id: 'org-1', name: 'Fusion Coffee' };
const own: LicenseDetails = {
  serverId: 'store-1',
  organization,
  hub: { serverId: 'hub-1' },
  tokenIssuedAt: now,
  tokenExpiresAt: now + day,
};
const registerDetails: LicenseDetails = {
  serverId: 'register-1',
  organization: { id: 'org-1' },
  hub: { serverId: 'store-1' },
  tokenIssuedAt: now - day,
  tokenExpiresAt: now + day,
};
const peerOf = (changes: Partial<LicenseDetails> = {}, about: Partial<AuthenticPeer> = {}): AuthenticPeer => ({
  license: peerLicense({ details: { ...registerDetails, ...changes } }, now),
  startsAt: now - day,
  expiresAt: now + day,
  ...about,
});
const judge = (peer: AuthenticPeer, comparison: Partial<PeerComparison> = {}) =>
  evaluatePeer(peer, { own, judgedAt: now, expiredPeers: 'refuse', ...comparison });
const outcome = (peer: AuthenticPeer, comparison: Partial<PeerComparison> = {}) => {
  const verdict = judge(peer, comparison);
  return verdict.accepted ? verdict.relation : verdict.reason;
};

describe('the details of a peer in a verdict', () => {
  const whole: LicenseDetails = {
    ...registerDetails,
    serverName: 'Register 1',
    edition: 'store',
    features: ['xms'],
    licenseId: 'l-1',
    licenseName: 'Registers',
  };

  it('are those of its license, without the license id and name', () => {
    const { licenseId: _id, licenseName: _name, ...shown } = whole;
    const claims: LicenseClaims = { details: whole, deviceType: 'register', boundTo: 'key' };
    expect(peerLicense(claims, now)).toStrictEqual({
      details: whole,
      shown: { ...shown, deviceType: 'register', renewal: { state: 'licensed' } },
      boundTo: 'key',
    });
  });

  it('lack each field that its license lacks', () => {
    const details: LicenseDetails = { serverId: 's', tokenIssuedAt: now, tokenExpiresAt: now + day };
    expect(peerLicense({ details }, now)).toStrictEqual({
      details,
      shown: { ...details, renewal: { state: 'licensed' } },
    });
  });

  it('have the current renewal state, and are the same object until that changes', () => {
    const endsAt = now + 40 * day;
    const license = peerLicense({ details: { ...whole, renewalDate: { endsAt } } }, now);
    const shownAt = (judgedAt: number): PeerDetails => {
      const verdict = judge({ ...peerOf(), license, expiresAt: endsAt + 9 * day }, { judgedAt, expiredPeers: 'warn' });
      if (!verdict.accepted) throw new Error(verdict.reason);
      return verdict.peer;
    };
    expect(shownAt(now)).toBe(license.shown);
    expect(shownAt(now + 9 * day)).toBe(license.shown);
    const warnsAt = endsAt - 30 * day;
    expect(shownAt(warnsAt)).toStrictEqual({
      ...license.shown,
      renewal: { state: 'requires_renewal', warnsAt, endsAt },
    });
    expect(shownAt(endsAt).renewal.state).toBe('expired');
  });
});

describe('a complete verdict', () => {
  it('accepts a peer with its details and relation', () => {
    const peer = peerOf();
    expect(judge(peer)).toStrictEqual({
      accepted: true,
      peer: peer.license?.shown,
      relation: 'our_peer',
      warnings: [],
      judgedAt: now,
    });
  });

  it('refuses a peer with its details', () => {
    const peer = peerOf({ hub: { serverId: 'store-2' } });
    expect(judge(peer)).toStrictEqual(refusal('not_our_peer', peer.license?.shown ?? null, true, now));
    expect(refusal('malformed', null, false, 5)).toStrictEqual({
      accepted: false,
      reason: 'malformed',
      peer: null,
      authentic: false,
      judgedAt: 5,
    });
  });

  it('refuses a peer without license details, with what else its token names', () => {
    const named = { serverName: 'Somebody' };
    expect(judge(peerOf({}, { license: null, named }))).toStrictEqual(
      refusal('license_details_missing', named, true, now),
    );
    for (const none of [{}, { named: null }])
      expect(judge(peerOf({}, { license: null, ...none }))).toStrictEqual(
        refusal('license_details_missing', null, true, now),
      );
  });
});

it('a token is accepted from its start to its exp, with a tolerance for clocks', () => {
  for (const by of [-1, 0]) expect(outcome(peerOf({}, { startsAt: now + clockToleranceMs + by }))).toBe('our_peer');
  expect(outcome(peerOf({}, { startsAt: now + clockToleranceMs + 1 }))).toBe('clock_wrong');
  expect(outcome(peerOf({}, { expiresAt: now - leewayMs + 1 }))).toBe('our_peer');
  for (const by of [0, -1]) expect(outcome(peerOf({}, { expiresAt: now - leewayMs + by }))).toBe('expired');
});

describe('the organization of a peer', () => {
  const unclear = (claim: string) => ({
    organization: undefined,
    unclear: [
      { claim: 'hub', value: '' },
      { claim, value: '' },
    ],
  });
  const { organization: _ours, ...ownWithout } = own;
  /** A claim that is undefined is left out. */
  const changed = (details: object): Partial<LicenseDetails> => details;

  it.each([
    ['the same', {}, own, 'our_peer'],
    ['another', { organization: { id: 'org-2' } }, own, 'other_organization'],
    ['none, and we have one', changed({ organization: undefined }), own, 'organization_missing'],
    ['one, and we have none', {}, ownWithout, 'organization_missing'],
    ['none, as we have', changed({ organization: undefined }), ownWithout, 'our_peer'],
    ['one that cannot be read', changed(unclear('organization')), ownWithout, 'organization_missing'],
    ['an id that cannot be read', changed(unclear('organization.id')), ownWithout, 'organization_missing'],
    ['none, and something else that cannot be read', changed(unclear('features')), ownWithout, 'our_peer'],
    [
      'the same, and a name that cannot be read',
      { unclear: [{ claim: 'organization.name', value: '5' }] },
      own,
      'our_peer',
    ],
  ])('%s', (_name, changes, ours, expected) => {
    expect(outcome(peerOf(changes), { own: ours })).toBe(expected);
  });

  it('does not count as missing on both sides if ours cannot be read', () => {
    const peer = peerOf(changed({ organization: undefined }));
    const ours = (claim: string) => ({ ...ownWithout, unclear: [{ claim, value: '' }] });
    expect(outcome(peer, { own: ours('organization') })).toBe('organization_missing');
    expect(outcome(peer, { own: ours('edition') })).toBe('our_peer');
  });

  it('causes a warning if neither side names one, next to that of an expired license', () => {
    const renewalDate = { endsAt: now - 1 };
    const warnings = (changes: Partial<LicenseDetails>, ours: LicenseDetails) => {
      const verdict = judge(peerOf(changes), { own: ours, expiredPeers: 'warn' });
      return verdict.accepted ? verdict.warnings : verdict.reason;
    };
    expect(warnings({}, own)).toEqual([]);
    expect(warnings({ renewalDate }, own)).toEqual(['license_expired']);
    expect(warnings(changed({ organization: undefined }), ownWithout)).toEqual(['organization_not_named']);
    expect(warnings(changed({ organization: undefined, renewalDate }), ownWithout)).toEqual([
      'organization_not_named',
      'license_expired',
    ]);
    expect(outcome(peerOf({ renewalDate }))).toBe('license_expired');
  });
});

describe('the relation of a peer', () => {
  const without = (details: LicenseDetails): LicenseDetails => {
    const { hub: _hub, ...rest } = details;
    return rest;
  };
  const relation = (peer: LicenseDetails, ours: LicenseDetails) =>
    outcome({ ...peerOf(), license: peerLicense({ details: peer }, now) }, { own: ours });

  it.each([
    ['we are its hub', registerDetails, own, 'our_peer'],
    ['we are its hub, and have none', registerDetails, without(own), 'our_peer'],
    ['it is our hub', { ...registerDetails, serverId: 'hub-1', hub: { serverId: 'top' } }, own, 'our_hub'],
    ['it is our hub, and has none', without({ ...registerDetails, serverId: 'hub-1' }), own, 'our_hub'],
    ['each is the other’s hub', { ...registerDetails, serverId: 'hub-1' }, own, 'our_peer'],
    ['neither has a hub', without(registerDetails), without(own), 'not_our_peer'],
    ['hubs by name alone', { ...registerDetails, hub: { name: 'A' } }, { ...own, hub: { name: 'A' } }, 'not_our_peer'],
    ['the same hub', { ...registerDetails, hub: { serverId: 'hub-1' } }, own, 'not_our_peer'],
    ['our own token', own, own, 'not_our_peer'],
  ])('%s', (_name, peer, ours, expected) => {
    expect(relation(peer, ours)).toBe(expected);
  });
});

it('a refusal names the first of several reasons', () => {
  const bad = peerOf(
    { hub: { serverId: 'x' }, organization: { id: 'org-2' }, renewalDate: { endsAt: now - day } },
    { license: null, startsAt: now + day, expiresAt: now - day },
  );
  expect(outcome(bad, { own: null })).toBe('not_licensed');
  expect(outcome(bad)).toBe('expired');
  const inTime = { ...bad, expiresAt: now + 2 * day };
  expect(outcome(inTime)).toBe('clock_wrong');
  expect(outcome({ ...inTime, startsAt: now })).toBe('license_details_missing');
});
