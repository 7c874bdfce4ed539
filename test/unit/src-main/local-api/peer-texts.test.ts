import { expect, it } from 'vitest';
import type { PeerDetails } from '../../../../src-shared/registers/peer-verdict.ts';
import { PeerTexts } from '../../../../src-main/local-api/peer-texts.ts';
import { acceptedPeer } from '../../../fakes/served-license.ts';

/** It has every member, so that the test notices a member that is not compared. */
const whole: Required<PeerDetails> = {
  ...acceptedPeer.peer,
  serverName: 'n',
  deviceType: 'd',
  edition: 'store',
  organization: { id: 'o' },
  features: ['x'],
  hub: { name: 'h' },
};
const changed: { readonly [K in keyof PeerDetails]-?: PeerDetails[K] } = {
  serverId: 'another',
  serverName: 'another',
  deviceType: 'another',
  edition: 'cloud',
  organization: { id: 'another' },
  features: ['another'],
  hub: { name: 'another' },
  renewal: { state: 'expired', warnsAt: 1, endsAt: 2 },
  tokenIssuedAt: 1,
  tokenExpiresAt: 2,
};

it('the text of a peer is created once, and again after any of its details changes', () => {
  let said = 0;
  const texts = new PeerTexts((peer) => {
    said += 1;
    return peer;
  });
  for (let times = 0; times < 10; times += 1)
    expect(JSON.parse(texts.of({ ...whole, renewal: { ...whole.renewal } }).json)).toEqual(whole);
  expect(said).toBe(1);
  for (const [name, value] of Object.entries(changed)) {
    texts.of(whole);
    const other = { ...whole, [name]: value };
    expect([name, JSON.parse(texts.of(other).json)]).toEqual([name, other]);
  }
  const { hub: _, ...without } = whole;
  expect(JSON.parse(texts.of(without).json)).toEqual(without);
});

it('at most 2,000 texts are kept', () => {
  const texts = new PeerTexts((peer) => peer);
  for (let at = 0; at < 10_000; at += 1) {
    expect(texts.of({ ...whole, serverId: `s${at}` }).json).toContain(`"s${at}"`);
    expect(texts.count).toBeLessThanOrEqual(2_000);
  }
});
