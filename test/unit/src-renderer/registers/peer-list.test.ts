import { describe, expect, test } from 'vitest';
import { isRefused, peerTone, searchedPeers, sortedPeers } from '../../../../src-renderer/registers/peer-list.ts';
import type { PeerSeen } from '../../../../src-shared/registers/peer-verdict.ts';
import { acceptedPeer, peersOf, refusedPeer } from '../../../gallery/registers.ts';

const { peers, at } = peersOf('licensed');
const sorted = (all: readonly PeerSeen[]) => sortedPeers(all, at);
const names = (found: readonly PeerSeen[]) => found.map(({ verdict: { peer } }) => peer?.serverName ?? peer?.serverId);

describe('the order of the peers', () => {
  test('is refused, warned, refused days ago, accepted; then by name, with numbers in order and nameless peers last', () => {
    expect(names(sorted(peers))).toEqual([
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
      'Register 16',
      'Register 17',
      'Register 18',
      'a-device-of-no-kind',
      'kiosk-7',
      'Register 15',
      // A nameless device that was last seen two days ago.
      undefined,
      'Corporate 1',
      'Register 1',
      'Register 2',
    ]);
  });

  test('does not depend on the order of the input, which it leaves unchanged', () => {
    const before = [...peers];
    expect(sorted([...peers].toReversed())).toEqual(sorted(peers));
    expect(peers).toEqual(before);
  });

  test('puts a peer that was refused on the latest day before those that did not come since', () => {
    const day = 24 * 60 * 60_000;
    const base = { ...acceptedPeer().verdict.peer };
    const registers = [1, 2, 3].map((number) =>
      refusedPeer(
        'expired',
        { ...base, serverName: `Register ${number}` },
        { key: `r${number}`, lastSeenAt: at - (number === 3 ? day : 2 * day) },
      ),
    );
    expect(names(sorted(registers))).toEqual(['Register 3', 'Register 1', 'Register 2']);
  });

  test('goes by tone: critical, caution, good', () => {
    const tones = sorted(peers).map(({ verdict }) => peerTone(verdict));
    expect([...new Set(tones)]).toEqual(['critical', 'caution', 'good']);
    expect(peers.filter(isRefused)).toHaveLength(18);
  });
});

describe('the search for peers', () => {
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
  ])('finds for %j: %j', (search, expected) => {
    expect(names(searchedPeers(sorted(peers), search))).toEqual(expected);
  });

  test('finds all of them if nothing is typed', () => {
    expect(searchedPeers(peers, '  ')).toBe(peers);
  });

  test('lists an exact name first', () => {
    const base = { ...acceptedPeer().verdict.peer };
    const many = [31, 3].map((number) =>
      refusedPeer('expired', { ...base, serverName: `Register ${number}` }, { key: `r${number}` }),
    );
    expect(names(searchedPeers(many, 'register 3'))).toEqual(['Register 3', 'Register 31']);
  });
});
