import type { RenewalStatus } from '../license/license-status.ts';
import type { Edition } from '../servers/server-profile.ts';

/**
 * Why a peer's license token is not accepted, in the order of the checks. A peer is a register or another server that
 * presents its own license token (RFC 7519, RFC 8725 §3, RFC 9068 §4, RFC 9449 §7).
 */
export const peerReasons = [
  /** This server holds no license, so nothing can be compared with it. */
  'not_licensed',
  /** Not a compact JWS, larger than any license token, or with a duplicate member. */
  'malformed',
  /** Signed with an algorithm that the console does not accept, though the token may be genuine. */
  'algorithm_unsupported',
  /** No public key of the issuer has the token's `kid`, even after the issuer's keys were fetched. */
  'key_unknown',
  /** No known key has the `kid`, and the Authorization server could not be reached. The token cannot be verified yet. */
  'key_unknown_offline',
  /** No known key has the `kid`, and the Authorization server was reached but provided no usable keys. */
  'key_refused',
  'signature_invalid',
  'type_invalid',
  'other_issuer',
  'other_audience',
  'expired',
  /** The token's issue time is in the future by this computer's clock. */
  'clock_wrong',
  /** Authentic, but without the license details of a POS device. */
  'license_details_missing',
  'other_organization',
  /** One of the two licenses names an organization, and the other does not. */
  'organization_missing',
  /** The peer's hub is another server, and the peer is not this server's hub. */
  'not_our_peer',
  'license_expired',
  /** Bound to a key (`cnf.jkt`), but presented without a proof of possession. */
  'proof_missing',
  'proof_invalid',
] as const;
export type PeerReason = (typeof peerReasons)[number];

/** `our_peer`: this server is the peer's hub. `our_hub`: the peer is this server's hub. */
export type PeerRelation = 'our_peer' | 'our_hub';

/** What a peer's token says about the peer. Instants are ms since the Unix epoch. Safe to show: it holds no part of the raw token. */
export interface PeerDetails {
  readonly serverId: string;
  readonly serverName?: string;
  readonly deviceType?: string;
  readonly edition?: Edition;
  readonly organization?: { readonly id: string; readonly name?: string };
  readonly features?: readonly string[];
  readonly hub?: { readonly serverId?: string; readonly name?: string; readonly url?: string };
  readonly renewal: RenewalStatus;
  readonly tokenIssuedAt: number;
  readonly tokenExpiresAt: number;
}

/** What a person should know about a peer that is nevertheless accepted. */
export const peerWarnings = [
  /** Neither license names an organization, so only the hub was compared. */
  'organization_not_named',
  /** Accepted because of the setting `expiredPeers`. */
  'license_expired',
] as const;
export type PeerWarning = (typeof peerWarnings)[number];

/** The verdict on one peer's token, at an instant of trusted time. */
export type PeerVerdict =
  | {
      readonly accepted: true;
      readonly peer: PeerDetails;
      readonly relation: PeerRelation;
      readonly warnings: readonly PeerWarning[];
      readonly judgedAt: number;
    }
  | {
      readonly accepted: false;
      readonly reason: PeerReason;
      /** What the token says about the peer. Unless `authentic`, this is an unproven claim. Null if the token says nothing. */
      readonly peer: Partial<PeerDetails> | null;
      /** Did the issuer sign the token? If not, anybody may have written what `peer` says. */
      readonly authentic: boolean;
      readonly judgedAt: number;
    };

/** A peer that presented a token recently, with the latest verdict, for the Registers & servers page. */
export interface PeerSeen {
  /** Stable while the peer is on the list. */
  readonly key: string;
  readonly verdict: PeerVerdict;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly acceptedCount: number;
  readonly refusedCount: number;
  /** The name of the client that asked for the verdict. */
  readonly askedBy: string;
}

export interface PeersView {
  readonly peers: readonly PeerSeen[];
  /** Trusted time at which the list was read. */
  readonly at: number;
}
