import type { PeerDetails, PeerReason, PeerSeen, PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Timer } from '../ports/timer.ts';
import { claimedText } from './claimed-peer.ts';
import { parsePeersDocument, peersDocument } from './peers-document.ts';

/** The most peers with authentic tokens that are remembered: enough for a store of 1,000 registers and some replaced ones. */
export const mostAuthenticPeers = 1_500;
/** The most peers with unproven names that are remembered. Anybody can make names up, so these push out only each other. */
export const mostClaimedPeers = 100;
/** Peers not seen for this long (30 days) are dropped from the list. They may be gone, and their last verdict is outdated. */
export const latelyMs = 30 * 24 * 60 * 60_000;
/** The list is written at most once in this time. */
export const writeAfterMs = 60_000;

/** Reasons that say nothing about the peer: this server could not judge any token at that time. */
const notJudged: ReadonlySet<PeerReason> = new Set(['not_licensed', 'key_unknown_offline', 'key_refused']);

interface PeersSeenDeps {
  readonly documents: DocumentStore;
  readonly timer: Timer;
}

/** What is remembered of a peer. It is changed in place, because a busy register is verified many times a second. */
interface RememberedPeer {
  readonly seen: { -readonly [Member in keyof PeerSeen]: PeerSeen[Member] };
  /** The number of the last verdict. A later verdict has a greater number, even if the clock was set back. */
  turn: number;
}

/** The peers that were verified recently, with the last verdict on each. Kept on disk, without anything that works as a token. */
export class PeersSeen {
  readonly #deps: PeersSeenDeps;
  readonly #name: string;
  readonly #authentic = new Map<string, RememberedPeer>();
  readonly #claimed = new Map<string, RememberedPeer>();
  #turns = 0;
  #restored = false;
  #isWritten = true;
  #cancelWrite: (() => void) | null = null;
  #stopped = false;

  constructor(profileId: string, deps: PeersSeenDeps) {
    this.#name = `peers.${profileId}`;
    this.#deps = deps;
  }

  /** Remembers a verdict. `askedBy`: the name of the client that asked for it. */
  record(verdict: PeerVerdict, askedBy: string): void {
    this.#restore();
    const group = this.#groupOf(verdict);
    const key = keyOf(verdict);
    const remembered = group.get(key) ?? newIn(group, key, verdict, askedBy);
    const { seen } = remembered;
    seen.verdict = verdict;
    seen.lastSeenAt = verdict.judgedAt;
    if (verdict.accepted) seen.acceptedCount += 1;
    else seen.refusedCount += 1;
    seen.askedBy = askedBy;
    remembered.turn = this.#turns += 1;
    if (group === this.#authentic) this.#forgetNotJudged(verdict);
    this.#makeRoom();
    this.#isWritten = false;
    if (!this.#stopped) this.#cancelWrite ??= this.#deps.timer.schedule(writeAfterMs, () => this.#write());
  }

  /** The peers seen within {@link latelyMs}, most recent first. `nowAt`: trusted time in ms. */
  list(nowAt: number): readonly PeerSeen[] {
    this.#restore();
    return this.#oldestFirst()
      .filter(({ lastSeenAt }) => nowAt - lastSeenAt <= latelyMs)
      .toReversed()
      .toSorted((one, other) => other.lastSeenAt - one.lastSeenAt);
  }

  /** Writes what is not on disk yet. Failure: `settings_not_written`; the peers stay in memory. */
  keep(): Result<null> {
    return this.#isWritten ? succeed(null) : this.#write();
  }

  /** After this only {@link keep} writes the list, because another object may be using the same document. */
  stop(): void {
    this.#stopped = true;
    this.#cancelWrite?.();
    this.#cancelWrite = null;
  }

  #write(): Result<null> {
    this.#cancelWrite?.();
    this.#cancelWrite = null;
    const written = this.#deps.documents.write(this.#name, peersDocument(this.#oldestFirst()));
    this.#isWritten = written.ok;
    return written;
  }

  /** Reads the document at the first use. Reading it at startup would slow that down. */
  #restore(): void {
    if (this.#restored) return;
    this.#restored = true;
    const stored = this.#deps.documents.read(this.#name);
    if (stored.state !== 'present') return;
    const peers = parsePeersDocument(stored.document);
    if (!peers) this.#deps.documents.setAside(this.#name);
    for (const seen of peers ?? [])
      this.#groupOf(seen.verdict).set(keyOf(seen.verdict), { seen, turn: (this.#turns += 1) });
    this.#makeRoom();
  }

  /** A copy of what is remembered: the authentic peers, then the others. */
  #oldestFirst(): PeerSeen[] {
    return [this.#authentic, this.#claimed].flatMap((group) => byTurn(group).map(([, { seen }]) => ({ ...seen })));
  }

  #groupOf(verdict: PeerVerdict): Map<string, RememberedPeer> {
    return isAuthentic(verdict) ? this.#authentic : this.#claimed;
  }

  /**
   * The peer's token is proven now. Drops its earlier unproven entry if that was refused only because this server could not judge
   * it. The list would otherwise show that refusal next to the new verdict.
   */
  #forgetNotJudged({ peer }: PeerVerdict): void {
    if (this.#claimed.size === 0) return;
    const [organizationId, serverId] = [claimedText(peer?.organization?.id), claimedText(peer?.serverId)];
    const key = keyFor('claimed', organizationId, serverId);
    const before = this.#claimed.get(key)?.seen.verdict;
    if (before && !before.accepted && notJudged.has(before.reason)) this.#claimed.delete(key);
  }

  #makeRoom(): void {
    dropOldest(this.#authentic, mostAuthenticPeers);
    dropOldest(this.#claimed, mostClaimedPeers);
  }
}

function newIn(group: Map<string, RememberedPeer>, key: string, verdict: PeerVerdict, askedBy: string): RememberedPeer {
  const at = verdict.judgedAt;
  const seen = { key, verdict, firstSeenAt: at, lastSeenAt: at, acceptedCount: 0, refusedCount: 0, askedBy };
  const remembered = { seen, turn: 0 };
  group.set(key, remembered);
  return remembered;
}

function dropOldest(group: Map<string, RememberedPeer>, most: number): void {
  if (group.size <= most) return;
  for (const [key] of byTurn(group).slice(0, group.size - most)) group.delete(key);
}

function byTurn(group: ReadonlyMap<string, RememberedPeer>): readonly (readonly [string, RememberedPeer])[] {
  return [...group].toSorted(([, one], [, other]) => one.turn - other.turn);
}

function isAuthentic(verdict: PeerVerdict): boolean {
  return verdict.accepted || verdict.authentic;
}

type Group = 'authentic' | 'claimed';

/** Keys by the details of the peer: a token that is presented again and again comes with the same object each time. */
const knownKeys: Readonly<Record<Group, WeakMap<Partial<PeerDetails>, string>>> = {
  authentic: new WeakMap(),
  claimed: new WeakMap(),
};

function keyOf(verdict: PeerVerdict): string {
  const { peer } = verdict;
  const group = isAuthentic(verdict) ? 'authentic' : 'claimed';
  const known = peer ? knownKeys[group].get(peer) : undefined;
  if (known !== undefined) return known;
  const key = keyFor(group, peer?.organization?.id, peer?.serverId);
  if (peer) knownKeys[group].set(peer, key);
  return key;
}

/** A server of another organization may have the same id. */
function keyFor(group: Group, organizationId = '', serverId = ''): string {
  return `${group} ${JSON.stringify([organizationId, serverId])}`;
}
