import type { ServerReport } from '../../../src-shared/pairing/pairing.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Http } from '../../ports/http.ts';
import type { Log } from '../../ports/log.ts';
import type { Timer } from '../../ports/timer.ts';
import type { OfferLimits } from './offer-limits.ts';
import type { OwnAddress } from './own-addresses.ts';
import type { ReachOut } from './relay.ts';

export interface OfferDeps {
  /** Fetches what an issuer publishes. */
  readonly http: Http;
  /** Connects to a host and port, through the proxy of this computer if it has one. */
  readonly reach: ReachOut;
  readonly timer: Timer;
  readonly clock: Clock;
  readonly log: Log;
  /** The issuers of this laptop's own server profiles, which count as confirmed. */
  readonly knownIssuers: () => readonly string[];
  readonly onChanged: () => void;
  /** Called with each report, cleaned for people to see. */
  readonly onReport?: (report: ServerReport) => void;
  /** Replaces limits, addresses and the port. */
  readonly settings?: {
    readonly limits?: Partial<OfferLimits>;
    readonly addresses?: () => readonly OwnAddress[];
    readonly port?: number;
  };
}
