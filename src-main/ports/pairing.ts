import type { LaptopView } from '../../src-shared/pairing/laptop-view.ts';
import type { OfferView } from '../../src-shared/pairing/pairing.ts';
import type { Result } from '../../src-shared/result.ts';

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

/** The laptop that helps a server of this console, as the screen and the commands control it. */
export interface LaptopControl {
  view(): LaptopView | null;
  /**
   * Pairs with a laptop. `code` may be the whole text of its QR code; `address` is then not needed. An earlier pairing ends. Failures:
   * `pairing_address_invalid`, `pairing_code_invalid`, `laptop_unreachable`, `pairing_code_wrong`, `pairing_ended`, `pairing_version`.
   * Once `until` is aborted, {@link end} follows, unless another pairing has begun in the meantime.
   */
  pair(profileId: string, address: string, code: string, until?: AbortSignal): Promise<Result<null>>;
  /** Ends the pairing, also at the laptop. A pairing that has already ended is then no longer shown. */
  end(): void;
}
