import type { ExpiredPeerRule } from '../../src-shared/local-api-view.ts';
import type { PeersView, PeerVerdict } from '../../src-shared/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import { expectedAudience } from '../../src-shared/server-profile.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { TrustedTime } from '../license/trusted-time.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Timer } from '../ports/timer.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import { PeerVerifier } from './peer-verifier.ts';
import { PeersSeen } from './peers-seen.ts';
import type { PresentedToken } from './presented-token.ts';
import type { SeenProofs } from './seen-proofs.ts';

export interface ProfilePeersDeps {
  readonly license: LicenseService;
  readonly knownServer: KnownServer;
  readonly trustedTime: TrustedTime;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly documents: DocumentStore;
  readonly crypto: TokenCrypto;
  /** What to do where a peer's license is past the end of its renewal date. */
  readonly expiredPeers: () => ExpiredPeerRule;
  /** As in {@link PeerVerifier}: services that changed settings bring must not take a proof a second time. */
  readonly seenProofs?: SeenProofs;
}

/** The registers and servers that present their license tokens to one server: judges them, and remembers them. */
export class ProfilePeers {
  readonly #verifier: PeerVerifier;
  readonly #seen: PeersSeen;
  readonly #now: () => number;

  constructor(deps: ProfilePeersDeps) {
    const { license, knownServer, trustedTime } = deps;
    const { profile } = license;
    this.#now = () => trustedTime.evaluate().judgedAt;
    this.#seen = new PeersSeen(profile.id, deps);
    this.#verifier = new PeerVerifier({
      ...deps,
      own: () => license.view()?.details ?? null,
      issuer: () => {
        const issuer = knownServer.keptIssuer;
        return issuer === null ? null : { issuer, audience: expectedAudience(profile) };
      },
      now: this.#now,
    });
  }

  /** Judges a peer's token and remembers the peer; `askedBy` is the name of who asked. Never rejects. */
  async verify(presented: PresentedToken, askedBy: string): Promise<PeerVerdict> {
    const verdict = await this.#verifier.verify(presented);
    this.#seen.record(verdict, askedBy);
    return verdict;
  }

  /** The peers seen lately, those seen last first. */
  view(): PeersView {
    const at = this.#now();
    return { peers: this.#seen.list(at), at };
  }

  /** Writes what is not yet on disk. Failure: `settings_not_written`; the peers stay in memory. */
  keep(): Result<null> {
    return this.#seen.keep();
  }

  /** Ends what is planned. */
  stop(): void {
    this.#verifier.stop();
    this.#seen.stop();
  }
}
