import { describe, expect, test } from 'vitest';
import { isRefused, peerTone, searchedPeers, sortedPeers } from '../../../src-renderer/registers/peer-list.ts';
import type { PeerSeen } from '../../../src-shared/peer-verdict.ts';
import { acceptedPeer, peersOf, refusedPeer } from '../../gallery/registers.ts';

const { peers } = peersOf('licensed');
const names = (found: readonly PeerSeen[]) => found.map(({ verdict: { peer } }) => peer?.serverName ?? peer?.serverId);

describe('the order', () => {
  test('refused first, then with a warning, then accepted; by name as people count; those without a name last', () => {
    expect(names(sortedPeers(peers))).toEqual([
      'Register 3',
      'Register 4',
      'Register 5',
      'Register 6',
      'Register 7',
      'Register 8',
      'Register 9',
      'Register 10',
      'Register 11',
      'Register 12',
      'Register 13',
      'Register 14',
      'a-device-of-no-kind',
      'kiosk-7',
      undefined,
      'Register 15',
      'Corporate 1',
      'Register 1',
      'Register 2',
    ]);
  });

  test('it does not depend on the order in which they came, nor change their list', () => {
    const before = [...peers];
    expect(sortedPeers([...peers].toReversed())).toEqual(sortedPeers(peers));
    expect(peers).toEqual(before);
  });

  test('three tones', () => {
    const tones = sortedPeers(peers).map(({ verdict }) => peerTone(verdict));
    expect([...new Set(tones)]).toEqual(['critical', 'caution', 'good']);
    expect(peers.filter(isRefused)).toHaveLength(15);
  });
});

describe('the search', () => {
  test.each([
    ['register 3', ['Register 3']],
    ['REGISTER  3 ', ['Register 3']],
    ['fusion tea', ['Register 4']],
    ['ft-1', ['Register 4']],
    ['other_organization', ['Register 4']],
    ['another organization', ['Register 4']],
    ['Store 027', ['Register 5']],
    ['3c1f9a42-7b60-4b58-8c54-register-06', ['Register 6']],
    ['corporate server', ['Corporate 1']],
    ['tea register', ['Register 4']],
    ['unknown device', [undefined]],
    ['register 99', []],
  ])('%j: %j', (search, expected) => {
    expect(names(searchedPeers(sortedPeers(peers), search))).toEqual(expected);
  });

  test('nothing typed: all of them', () => {
    expect(searchedPeers(peers, '  ')).toBe(peers);
  });

  test('who is called just so comes first', () => {
    const base = { ...acceptedPeer().verdict.peer };
    const many = [31, 3].map((number) =>
      refusedPeer('expired', { ...base, serverName: `Register ${number}` }, { key: `r${number}` }),
    );
    expect(names(searchedPeers(many, 'register 3'))).toEqual(['Register 3', 'Register 31']);
  });
});
