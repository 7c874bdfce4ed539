import { describe, expect, test } from 'vitest';
import { peerReasons } from '../../../../../src-shared/registers/peer-verdict.ts';
import { words } from '../../../../../src-shared/words/words.ts';
import { acceptedPeer, peersOf, refusedPeer } from '../../../../gallery/registers.ts';

const full = refusedPeer('expired').verdict.peer ?? {};
const said = peerReasons.flatMap((reason) => [
  { reason, of: 'a full token', ...words.peers.refusal(reason, full) },
  { reason, of: 'an empty token', ...words.peers.refusal(reason) },
]);
const jargon =
  /\b(JWT|JWKS|JWS|JSON|null|undefined|NaN|HTTP|TLS|kid|claim|payload|invalid|OAuth|issuer|DPoP|nonce|hash)\b|\[object|Invalid Date/i;

describe(`the words of ${peerReasons.length} reasons for a refusal`, () => {
  test.each(said)('are a headline, a meaning and one action for $reason of $of', ({ headline, meaning, action }) => {
    expect(headline.length).toBeGreaterThan(10);
    expect(`Refused: ${headline}`.length).toBeLessThanOrEqual(60);
    expect(headline).not.toMatch(/[!.]$/);
    for (const sentences of [meaning, action]) {
      expect(sentences).toMatch(/\.$/);
      expect(sentences.length).toBeLessThanOrEqual(160);
      expect(sentences).not.toContain('!');
    }
    expect(action).toMatch(/^(License|Update|Connect|Refresh|Remove|Compare|Check|Choose|Renew)\b/);
  });

  test.each(said)('are without jargon and blame for $reason of $of', ({ headline, meaning, action }) => {
    const all = `${headline} ${meaning} ${action}`;
    expect(all).not.toMatch(jargon);
    expect(all).not.toMatch(/\b(you (must|should|failed)|your (mistake|fault))\b/i);
  });

  test('are different for each reason', () => {
    const all = peerReasons.map((reason) => words.peers.refusal(reason));
    expect(new Set(all.map(({ headline }) => headline)).size).toBe(peerReasons.length);
    expect(new Set(all.map(({ meaning }) => meaning)).size).toBe(peerReasons.length);
  });

  test('include the facts of the token', () => {
    expect(
      words.peers.refusal('other_organization', { organization: { id: 'ft-1', name: 'Fusion Tea' } }).meaning,
    ).toContain('Fusion Tea');
    expect(words.peers.refusal('not_our_peer', { hub: { name: 'Store 027' } }).meaning).toContain('Store 027');
    expect(words.peers.refusal('expired', { tokenExpiresAt: Date.UTC(2026, 10, 24, 12) }).meaning).toContain(
      '24 Nov 2026',
    );
  });

  test('are all shown in the gallery', () => {
    const shown = ['licensed', 'registers-unlicensed'].flatMap((name) =>
      peersOf(name).peers.map(({ verdict }) => (verdict.accepted ? '' : verdict.reason)),
    );
    expect(peerReasons.filter((reason) => !shown.includes(reason))).toEqual([]);
  });
});

describe('the words about a peer', () => {
  test('mark an unproven name as a claim of the peer', () => {
    expect(words.peers.name(refusedPeer('signature_invalid', full, { authentic: false }).verdict)).toBe(
      'Says it is “Register 1”',
    );
    expect(words.peers.name(refusedPeer('expired', full).verdict)).toBe('Register 1');
    expect(words.peers.detailsOf(refusedPeer('signature_invalid', full, { authentic: false }).verdict)).toBe(
      ' of “Register 1”',
    );
    expect(words.peers.detailsOf(refusedPeer('expired', full).verdict)).toBe(' of Register 1');
    expect(words.peers.name(refusedPeer('expired', { serverId: 'r-1' }).verdict)).toBe('r-1');
    expect(words.peers.name(refusedPeer('malformed', null, { authentic: false }).verdict)).toBe('Unknown device');
  });

  test('do not blame the connection if the server refuses to give the keys', () => {
    const { headline, meaning, action } = words.peers.refusal('key_refused', {});
    expect(`${headline} ${meaning} ${action}`).not.toMatch(/connect|internet|reached/i);
    expect(meaning).toContain('gave no usable keys');
  });

  test('say that a peer was not checked if this server could not check it', () => {
    const unproven = { authentic: false };
    for (const reason of ['not_licensed', 'key_unknown_offline', 'key_refused'] as const)
      expect(words.peers.notProven(refusedPeer(reason, full, unproven).verdict).label).toBe('Not checked');
    expect(words.peers.notProven(refusedPeer('signature_invalid', full, unproven).verdict).label).toBe('Not proven');
  });

  test.each([
    [{ deviceType: 'register' }, 'Register'],
    [{ deviceType: 'server', edition: 'store' }, 'Store server'],
    [{ edition: 'corporate' }, 'Corporate server'],
    [{ deviceType: 'server', edition: 'cloud' }, 'Cloud server'],
    [{ deviceType: 'server' }, 'Server'],
    [{ deviceType: 'kiosk' }, 'kiosk'],
    [{}, null],
    [null, null],
  ] as const)('name the kind of device %j: %s', (peer, kind) => {
    expect(words.peers.kind(peer)).toBe(kind);
  });

  test('say if a peer is accepted although its license has expired', () => {
    expect(words.peers.verdict(acceptedPeer().verdict)).toEqual({
      headline: 'Accepted',
      meaning: 'This server is its hub server.',
      action: null,
    });
    const warned = peersOf('licensed').peers.find(({ verdict }) => verdict.accepted && verdict.warnings.length > 0);
    expect(warned && words.peers.verdict(warned.verdict)).toMatchObject({
      headline: 'Accepted, although its license has expired',
      action: expect.stringMatching(/^Renew/),
    });
  });

  test('say if organizations were not compared, or if one of them is missing', () => {
    const { verdict } = acceptedPeer();
    if (!verdict.accepted) throw new Error('refused');
    expect(words.peers.verdict({ ...verdict, warnings: ['organization_not_named'] })).toEqual({
      headline: 'Accepted, organization not compared',
      meaning:
        'This server is its hub server. Neither license names an organization, so only the hub server was compared.',
      action: null,
    });
    const ours = words.peers.refusal('organization_missing', {});
    const theirs = words.peers.refusal('organization_missing', { organization: { id: 'ft-1', name: 'Fusion Tea' } });
    expect(ours.meaning).toBe('Its license names no organization that can be read.');
    expect(theirs.meaning).toBe(
      'It is licensed for Fusion Tea. The license of this server names no organization that can be read.',
    );
    for (const said of [ours, theirs]) expect(said.headline).not.toContain('another organization');
  });

  test('include only the facts of its token, and how often it came', () => {
    const labels = words.peers.facts(refusedPeer('malformed', null)).map(({ label }) => label);
    expect(labels).toEqual(['First seen', 'Last seen', 'Asked by']);
    expect(words.peers.counts(refusedPeer('expired', full, { acceptedCount: 3 }))).toBe('refused 14×, accepted 3×');
    expect(words.peers.seenAgo(100_000, 90_000)).toBe('Seen just now');
    expect(words.peers.seenAgo(400_000, 100_000)).toBe('Seen 5 min ago');
  });
});

describe('the words about an API client', () => {
  test('describe in one sentence what a client may do', () => {
    expect(words.clients.mayDo(['verify'])).toBe('May check registers and servers');
    expect(words.clients.mayDo(['read', 'token', 'verify'])).toBe(
      'May see the license, use the license token and check registers and servers',
    );
  });

  test('say when a client was last used', () => {
    expect(words.clients.lastUsed(undefined, 0)).toBe('Never used');
    expect(words.clients.lastUsed(0, 60_000)).toBe('Last used just now');
    expect(words.clients.lastUsed(0, 10 * 60_000)).toBe('Last used 10 min ago');
  });
});
