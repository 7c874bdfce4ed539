import type { RenewalStatus } from './license-status.ts';
import type { Edition } from './server-profile.ts';

/**
 * Why a peer's license token is not accepted, in the order in which it is found out. A peer is a register or another
 * server that presents its own license token (RFC 7519, RFC 8725 §3, RFC 9068 §4, RFC 9449 §7).
 */
export const peerReasons = [
  /** This server holds no license, so nothing can be compared with it. */
  'not_licensed',
  /** No compact JWS, larger than any license token, or with a member that stands twice. */
  'malformed',
  /** Signed in a way that is not taken here, though it may be genuine. */
  'algorithm_unsupported',
  /** No public key of the issuer has its `kid`, and the issuer's keys were asked for. */
  'key_unknown',
  /** As before, but the Authorization server could not be asked: it cannot be verified yet. */
  'key_unknown_offline',
  /** As before, but the Authorization server was asked and gave no usable keys. */
  'key_refused',
  'signature_invalid',
  'type_invalid',
  'other_issuer',
  'other_audience',
  'expired',
  /** Issued later than it is now on this computer. */
  'clock_wrong',
  /** Authentic, but without the license details that a POS device has. */
  'license_details_missing',
  'other_organization',
  /** One of the two licenses names an organization, and the other does not. */
  'organization_missing',
  /** Its hub is another server, and it is not this server's own hub. */
  'not_our_peer',
  'license_expired',
  /** Bound to a key (`cnf.jkt`), and no proof of possession came with it. */
  'proof_missing',
  'proof_invalid',
] as const;
export type PeerReason = (typeof peerReasons)[number];

/** `our_peer`: this server is its hub. `our_hub`: it is this server's hub. */
export type PeerRelation = 'our_peer' | 'our_hub';

/** What a peer's token says of it. Instants are ms since the Unix epoch. Safe to show: nothing of the token itself. */
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

/** What is to be known of a peer that is accepted all the same. */
export const peerWarnings = [
  /** Neither license names an organization, so the hub alone decided. */
  'organization_not_named',
  /** Accepted because a setting says so. */
  'license_expired',
] as const;
export type PeerWarning = (typeof peerWarnings)[number];

/** The answer about one peer's token, at an instant of trusted time. */
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
      /** What an authentic token says; of any other one only what it claims, see `authentic`. Null where it says nothing. */
      readonly peer: Partial<PeerDetails> | null;
      /** Is the signature one of the issuer's? Else anybody may have written what `peer` says. */
      readonly authentic: boolean;
      readonly judgedAt: number;
    };

/** A peer that presented a token lately, with the last verdict, for the Registers & servers page. */
export interface PeerSeen {
  /** Stable while the peer is on the list. */
  readonly key: string;
  readonly verdict: PeerVerdict;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly acceptedCount: number;
  readonly refusedCount: number;
  /** The client that asked, by its name. */
  readonly askedBy: string;
}

export interface PeersView {
  readonly peers: readonly PeerSeen[];
  /** Trusted time at which the list was read. */
  readonly at: number;
}
