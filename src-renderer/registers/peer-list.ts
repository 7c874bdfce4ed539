import { compareNames } from '../../src-shared/text/name-order.ts';
import type { PeerSeen, PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import type { Tone } from '../../src-shared/license/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { hasEveryWord, plainText } from '../frame/search.ts';

const peerFilters = ['all', 'refused'] as const;
export type PeerFilter = (typeof peerFilters)[number];

export function peerTone(verdict: PeerVerdict): Tone {
  if (!verdict.accepted) return 'critical';
  return verdict.warnings.length > 0 ? 'caution' : 'good';
}

/** A refused peer not seen for this long is listed below today's peers. It may be gone, or may be another device by now. */
const earlierAfterMs = 24 * 60 * 60_000;
const ranks: Partial<Record<Tone, number>> = { critical: 0, caution: 1, good: 3 };
const earlierRank = 2;

/**
 * Sorts recently refused peers first, then peers with a warning, then peers refused earlier and not seen since, then accepted
 * ones. Each group is sorted by name, so that rows keep their places while peers come and go. `nowAt`: trusted time, ms.
 */
export function sortedPeers(peers: readonly PeerSeen[], nowAt: number): PeerSeen[] {
  const rank = ({ verdict, lastSeenAt }: PeerSeen) => {
    const isEarlier = !verdict.accepted && nowAt - lastSeenAt > earlierAfterMs;
    return isEarlier ? earlierRank : (ranks[peerTone(verdict)] ?? ranks.good ?? 0);
  };
  const howNamed = ({ verdict: { peer } }: PeerSeen) => (peer?.serverName ? 0 : peer?.serverId ? 1 : 2);
  const name = ({ verdict: { peer } }: PeerSeen) => peer?.serverName ?? peer?.serverId ?? '';
  return [...peers].toSorted(
    (one, other) =>
      rank(one) - rank(other) ||
      howNamed(one) - howNamed(other) ||
      compareNames(name(one), name(other)) ||
      compareNames(one.key, other.key),
  );
}

export const isRefused = ({ verdict }: PeerSeen): boolean => !verdict.accepted;

/**
 * The peers whose text contains the search as typed or, if there are none, those whose text contains each of its words. A peer
 * with exactly this name comes first.
 */
export function searchedPeers(peers: readonly PeerSeen[], search: string): readonly PeerSeen[] {
  const wanted = plainText(search);
  if (wanted === '') return peers;
  const texts = peers.map((seen) => ({ seen, text: searchText(seen) }));
  const phrase = texts.filter(({ text }) => text.includes(wanted));
  const found = phrase.length > 0 ? phrase : texts.filter(({ text }) => hasEveryWord(text, wanted));
  const isNamed = ({ seen }: { seen: PeerSeen }) => Number(plainText(seen.verdict.peer?.serverName ?? '') === wanted);
  return found.toSorted((one, other) => isNamed(other) - isNamed(one)).map(({ seen }) => seen);
}

function searchText(seen: PeerSeen): string {
  const { verdict } = seen;
  const { headline, meaning, action } = words.peers.verdict(verdict);
  const parts = [
    words.peers.name(verdict),
    headline,
    meaning,
    action ?? '',
    verdict.accepted ? '' : `${verdict.reason} ${verdict.reason.replaceAll('_', ' ')}`,
    verdict.peer?.organization?.id ?? '',
    ...words.peers.facts(seen).map(({ value }) => value),
  ];
  return plainText(parts.join(' | '));
}
