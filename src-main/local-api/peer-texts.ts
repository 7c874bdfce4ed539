import type { PeerDetails } from '../../src-shared/peer-verdict.ts';
import { instantOf } from './wire/instant.ts';

/** A peer as it stands in an answer. */
export interface PeerText {
  readonly json: string;
  readonly expiresAt: string;
}

const mostPeers = 2_000;

/** The peers that were asked about lately, in the words of the wire: a register that calls again is put into words once. */
export class PeerTexts {
  readonly #say: (peer: PeerDetails) => object;
  readonly #known = new Map<string, { readonly peer: PeerDetails; readonly text: PeerText }>();

  constructor(say: (peer: PeerDetails) => object) {
    this.#say = say;
  }

  of(peer: PeerDetails): PeerText {
    const known = this.#known.get(peer.serverId);
    if (known && isSame(known.peer, peer)) return known.text;
    if (this.#known.size >= mostPeers) this.#known.clear();
    const text = { json: JSON.stringify(this.#say(peer)), expiresAt: instantOf(peer.tokenExpiresAt) };
    this.#known.set(peer.serverId, { peer, text });
    return text;
  }
}

/** The same values; of what is an object, the very same one. */
function isSame(one: PeerDetails, other: PeerDetails): boolean {
  if (one === other) return true;
  const { renewal, ...rest } = one;
  const { renewal: otherRenewal, ...otherRest } = other;
  return hasSameMembers(rest, otherRest) && hasSameMembers(renewal, otherRenewal);
}

function hasSameMembers(one: object, other: object): boolean {
  const names = Object.keys(one) as (keyof typeof one)[];
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
