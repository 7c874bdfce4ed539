import { longestOfferMs } from '../wire.ts';

/** What a laptop allows the network and the paired servers. Times in ms. */
export interface OfferLimits {
  /** How long an offer stays open. */
  readonly offerMs: number;
  /** This many wrong codes in a row end the offer. */
  readonly wrongCodes: number;
  /** How long a proof may take from its start to its finish. */
  readonly attemptMs: number;
  readonly servers: number;
  readonly handshakeMs: number;
  readonly headMs: number;
  /** How long a complete request may take to arrive. */
  readonly requestMs: number;
  /** How often the listener looks for late requests. */
  readonly checkMs: number;
  /** How long an open connection may wait for its next request. */
  readonly idleRequestMs: number;
  /** Connections that do not belong to a paired server, in total and for each address. */
  readonly unproven: number;
  readonly unprovenOfAddress: number;
  /** All connections of one paired server. */
  readonly ofServer: number;
  readonly tunnels: number;
  readonly tunnelsOfServer: number;
  /** Bytes through one tunnel, and through all of them, counting both directions. */
  readonly tunnelBytes: number;
  readonly allBytes: number;
  /** A tunnel without a byte for this long is closed. */
  readonly tunnelIdleMs: number;
  /** How long the laptop may take to connect to a host. */
  readonly connectMs: number;
  /** A server's console that was silent for this long is no longer connected: it reports more often. */
  readonly silentMs: number;
  /** Reports of one server in a second. */
  readonly reportsInSecond: number;
}

const mebibyte = 1024 * 1024;

export const offerLimits: OfferLimits = {
  offerMs: longestOfferMs,
  wrongCodes: 5,
  attemptMs: 10_000,
  servers: 20,
  handshakeMs: 5_000,
  headMs: 5_000,
  requestMs: 10_000,
  checkMs: 1_000,
  idleRequestMs: 20_000,
  unproven: 64,
  unprovenOfAddress: 16,
  ofServer: 48,
  tunnels: 64,
  tunnelsOfServer: 32,
  tunnelBytes: 16 * mebibyte,
  allBytes: 256 * mebibyte,
  tunnelIdleMs: 120_000,
  connectMs: 15_000,
  silentMs: 15_000,
  reportsInSecond: 20,
};
