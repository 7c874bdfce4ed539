import { instantOf } from '../../src-shared/instant.ts';
import type { RenewalStatus } from '../../src-shared/license/license-status.ts';
import type { PeerDetails } from '../../src-shared/registers/peer-verdict.ts';
import { shownJson } from '../../src-shared/text/shown-text.ts';

/** A peer as written in an answer. */
interface PeerText {
  readonly json: string;
  readonly expiresAt: string;
}

const mostPeers = 2_000;

/** Caches the JSON of recent peers, so that it is built once for a register that calls again and again. */
export class PeerTexts {
  readonly #say: (peer: PeerDetails) => object;
  readonly #known = new Map<string, { readonly peer: PeerDetails; readonly text: PeerText }>();

  constructor(say: (peer: PeerDetails) => object) {
    this.#say = say;
  }

  get count(): number {
    return this.#known.size;
  }

  of(peer: PeerDetails): PeerText {
    const known = this.#known.get(peer.serverId);
    if (known && isSame(known.peer, peer)) return known.text;
    if (this.#known.size >= mostPeers) this.#known.clear();
    const text = { json: shownJson(this.#say(peer)), expiresAt: instantOf(peer.tokenExpiresAt) };
    this.#known.set(peer.serverId, { peer, text });
    return text;
  }
}

/** Whether all values are equal, objects by identity. Runs for every call, so it allocates nothing. */
function isSame(one: PeerDetails, other: PeerDetails): boolean {
  return (
    one === other ||
    (one.serverName === other.serverName &&
      one.deviceType === other.deviceType &&
      one.edition === other.edition &&
      one.organization === other.organization &&
      one.features === other.features &&
      one.hub === other.hub &&
      one.tokenIssuedAt === other.tokenIssuedAt &&
      one.tokenExpiresAt === other.tokenExpiresAt &&
      isSameRenewal(one.renewal, other.renewal))
  );
}

function isSameRenewal(one: RenewalStatus, other: RenewalStatus): boolean {
  const [oneUnclear, otherUnclear] = [isUnclear(one), isUnclear(other)];
  const isSameEnd = one.warnsAt === other.warnsAt && one.endsAt === other.endsAt;
  return one.state === other.state && isSameEnd && oneUnclear === otherUnclear;
}

function isUnclear(renewal: RenewalStatus): boolean {
  return renewal.state === 'licensed' && renewal.dateUnclear === true;
}
