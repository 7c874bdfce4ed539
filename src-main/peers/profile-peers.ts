import type { ExpiredPeerRule } from '../../src-shared/local-api-view.ts';
import type { PeersView, PeerVerdict } from '../../src-shared/peer-verdict.ts';
import { type Result, succeed } from '../../src-shared/result.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { TrustedTime } from '../license/trusted-time.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Timer } from '../ports/timer.ts';
import { refusal } from './evaluate-peer.ts';
import type { PresentedToken } from './presented-token.ts';

export interface ProfilePeersDeps {
  readonly license: LicenseService;
  readonly knownServer: KnownServer;
  readonly trustedTime: TrustedTime;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly documents: DocumentStore;
  /** What to do where a peer's license is past the end of its renewal date. */
  readonly expiredPeers: () => ExpiredPeerRule;
}

/** The registers and servers that present their license tokens to one server: judges them, and remembers them. */
export class ProfilePeers {
  readonly #deps: ProfilePeersDeps;

  constructor(deps: ProfilePeersDeps) {
    this.#deps = deps;
  }

  /** Judges a peer's token and remembers the peer; `askedBy` is the name of who asked. Never throws, nothing of the token is kept. */
  async verify(_presented: PresentedToken, _askedBy: string): Promise<PeerVerdict> {
    return refusal('not_licensed', null, false, this.#deps.trustedTime.evaluate().judgedAt);
  }

  /** The peers seen lately, the latest first. */
  view(): PeersView {
    return { peers: [], at: this.#deps.trustedTime.evaluate().judgedAt };
  }

  /** Writes what is not yet on disk. Failure: `settings_not_written`; the peers stay in memory. */
  keep(): Result<null> {
    return succeed(null);
  }

  /** Ends what is planned. */
  stop(): void {}
}
