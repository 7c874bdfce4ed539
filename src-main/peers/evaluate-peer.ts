import type { ExpiredPeerRule } from '../../src-shared/local-api-view.ts';
import type { LicenseDetails, RenewalStatus } from '../../src-shared/license-status.ts';
import type { PeerDetails, PeerReason, PeerRelation, PeerVerdict } from '../../src-shared/peer-verdict.ts';
import { clockToleranceMs } from '../license/clock-check.ts';
import { evaluateRenewal } from '../license/evaluate-license.ts';
import type { LicenseClaims } from '../license/license-claims.ts';
import { isPastExpiry } from '../license/token-rules.ts';

/** What an authentic token says, whatever the time is: it stays true as long as the issuer's key does. */
export interface AuthenticPeer {
  /** Null where it lacks the license details that a POS device has. */
  readonly claims: LicenseClaims | null;
  /** Who it is all the same, as far as the token says. */
  readonly named?: Partial<PeerDetails> | null;
  /** `iat`, or `nbf` where that is later (RFC 7519 §4.1.5, §4.1.6); ms. */
  readonly startsAt: number;
  /** `exp`, ms. */
  readonly expiresAt: number;
}

/** What a peer is compared with. */
export interface PeerComparison {
  /** This server's own license; null where it holds none. */
  readonly own: LicenseDetails | null;
  /** Trusted time, ms since the epoch. */
  readonly judgedAt: number;
  readonly expiredPeers: ExpiredPeerRule;
}

/**
 * Judges a peer by its authentic token, apart from proof of possession: in time, of the same organization, below this server
 * or above it, and licensed. The first reason in the order of `peerReasons` is given.
 */
export function evaluatePeer(peer: AuthenticPeer, { own, judgedAt, expiredPeers }: PeerComparison): PeerVerdict {
  const details = peer.claims && detailsOf(peer.claims, judgedAt);
  const refuse = (reason: PeerReason): PeerVerdict => refusal(reason, details ?? peer.named ?? null, true, judgedAt);
  if (!own) return refuse('not_licensed');
  if (isPastExpiry(peer.expiresAt, judgedAt)) return refuse('expired');
  if (peer.startsAt > judgedAt + clockToleranceMs) return refuse('clock_wrong');
  if (!details) return refuse('license_details_missing');
  if (!own.organization?.id || own.organization.id !== details.organization?.id) return refuse('other_organization');
  const relation = relationOf(details, own);
  if (!relation) return refuse('not_our_peer');
  const lapsed = details.renewal.state === 'expired';
  if (lapsed && expiredPeers === 'refuse') return refuse('license_expired');
  return { accepted: true, peer: details, relation, warnings: lapsed ? ['license_expired'] : [], judgedAt };
}

/** A refusal; `peer` is what is known of who presented the token. */
export function refusal(
  reason: PeerReason,
  peer: Partial<PeerDetails> | null,
  authentic: boolean,
  judgedAt: number,
): PeerVerdict {
  return { accepted: false, reason, peer, authentic, judgedAt };
}

/** What a peer's token says of it, its renewal as of `judgedAt`. */
export function detailsOf({ details, deviceType }: LicenseClaims, judgedAt: number): PeerDetails {
  const { serverId, serverName, edition, organization, features, hub, tokenIssuedAt, tokenExpiresAt } = details;
  const renewal: RenewalStatus = evaluateRenewal(details, judgedAt);
  return {
    serverId,
    ...(serverName === undefined ? {} : { serverName }),
    ...(deviceType === undefined ? {} : { deviceType }),
    ...(edition === undefined ? {} : { edition }),
    ...(organization === undefined ? {} : { organization }),
    ...(features === undefined ? {} : { features }),
    ...(hub === undefined ? {} : { hub }),
    renewal,
    tokenIssuedAt,
    tokenExpiresAt,
  };
}

function relationOf(peer: PeerDetails, own: LicenseDetails): PeerRelation | null {
  if (peer.hub?.serverId === own.serverId) return 'our_peer';
  return own.hub?.serverId === peer.serverId ? 'our_hub' : null;
}
