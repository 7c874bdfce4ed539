import type { PeerSeen } from '../../src-shared/registers/peer-verdict.ts';
import { labeledLines } from '../../src-shared/text/shown-text.ts';
import { words } from '../../src-shared/words/words.ts';

/** What support needs to know about a register or server that was seen: everything that the page shows, with exact instants. */
export function peerSummary(seen: PeerSeen, serverName: string): string {
  const { verdict } = seen;
  const { headline, meaning } = words.peers.verdict(verdict);
  const notProven = words.peers.notProven(verdict);
  const rows: readonly (readonly [string, string])[] = [
    [words.peers.copyTitle, serverName],
    [words.peers.verdictLabel, headline],
    [words.peers.meaningLabel, meaning],
    [words.peers.code, verdict.accepted ? words.peers.acceptedCode : verdict.reason],
    ...(words.peers.isProven(verdict) ? [] : [[notProven.label, notProven.meaning] as const]),
    ...words.peers.facts(seen).map(({ label, value, exact }) => [label, exact ?? value] as const),
    [words.peers.countsLabel, words.peers.counts(seen)],
  ];
  return labeledLines(rows);
}
