import type { ExpiredPeerRule } from '../../src-shared/registers/local-api-view.ts';
import type { PeersView, PeerVerdict } from '../../src-shared/registers/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import { expectedAudience } from '../../src-shared/servers/server-profile.ts';
import type { KnownServer } from '../authorization/known-server.ts';
import type { LicenseService } from '../license/license-service.ts';
import type { TrustedTime } from '../time/trusted-time.ts';
import type { Clock } from '../ports/clock.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { Timer } from '../ports/timer.ts';
import type { TokenCrypto } from '../ports/token-crypto.ts';
import type { PresentedToken } from './peer-proof.ts';
import { PeerVerifier } from './peer-verifier.ts';
import { PeersSeen } from './peers-seen.ts';
import type { SeenProofs } from './seen-proofs.ts';

interface ProfilePeersDeps {
  readonly license: LicenseService;
  readonly knownServer: KnownServer;
  readonly trustedTime: TrustedTime;
  readonly clock: Clock;
  readonly timer: Timer;
  readonly documents: DocumentStore;
  readonly crypto: TokenCrypto;
  /** What to do with a peer whose license is past its renewal date. */
  readonly expiredPeers: () => ExpiredPeerRule;
  /** As in {@link PeerVerifier}. Shared so that services created after a change of settings do not accept a proof a second time. */
  readonly seenProofs: SeenProofs;
}

/** Judges and remembers the registers and servers that present their license tokens to one server. */
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
      own: () => license.details,
      issuer: () => {
        const issuer = knownServer.keptIssuer;
        return issuer === null ? null : { issuer, audience: expectedAudience(profile) };
      },
      now: this.#now,
    });
  }

  /** As {@link PeerVerifier.verify}, and remembers the peer. `askedBy`: the name of the client that asked. */
  verify(presented: PresentedToken, askedBy: string): PeerVerdict | Promise<PeerVerdict> {
    const remember = (verdict: PeerVerdict): PeerVerdict => {
      this.#seen.record(verdict, askedBy);
      return verdict;
    };
    const verdict = this.#verifier.verify(presented);
    return verdict instanceof Promise ? verdict.then(remember) : remember(verdict);
  }

  /** The peers seen recently, most recent first. */
  view(): PeersView {
    const at = this.#now();
    return { peers: this.#seen.list(at), at };
  }

  /** Writes what is not on disk yet. Failure: `settings_not_written`; the peers stay in memory. */
  keep(): Result<null> {
    return this.#seen.keep();
  }

  /** Cancels planned writes, and ends the wait for the issuer's keys. */
  stop(): void {
    this.#verifier.stop();
    this.#seen.stop();
  }
}
