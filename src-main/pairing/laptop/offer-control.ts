import type { OfferView } from '../../../src-shared/pairing/pairing.ts';
import type { Result } from '../../../src-shared/result.ts';

/** What the Authorization pane of the laptop may open for a server that it helps. */
export interface CodeLink {
  readonly issuer: string;
  /** On the issuer's host, or on that of the device authorization endpoint that it publishes. */
  readonly address: string;
  readonly userCode: string;
  /** Does the address fill in the User Code? If not, the person pastes it. */
  readonly filledIn: boolean;
}

/** The laptop's offer to help servers, as the screen and the commands control it. */
export interface OfferControl {
  view(): OfferView | null;
  /** Opens an offer. Failures: `help_no_network`, `help_port_unusable`. Succeeds without effect if one is open. */
  start(): Promise<Result<null>>;
  end(): void;
  /**
   * A person confirms that the issuer which this server reports is the company's. `issuer` is the one that the person saw: nothing happens
   * if the server now reports another one.
   */
  confirmIssuer(pairingId: string, issuer?: string): void;
  /** A person says that this issuer is not theirs. Nothing happens if the server now reports another one. */
  refuseIssuer(pairingId: string, issuer: string): void;
  /** Ends the pairing with one server, which is then no longer shown. */
  disconnect(pairingId: string): void;
  /** Null if the issuer is not confirmed, or if the server shows no code. */
  linkFor(pairingId: string): CodeLink | null;
  /** Hides an offer that ended. */
  dismiss(): void;
}
