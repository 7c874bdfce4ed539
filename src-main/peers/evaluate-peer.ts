import type { ExpiredPeerRule } from '../../src-shared/registers/local-api-view.ts';
import { present } from '../../src-shared/present.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import type {
  PeerDetails,
  PeerReason,
  PeerRelation,
  PeerVerdict,
  PeerWarning,
} from '../../src-shared/registers/peer-verdict.ts';
import { clockToleranceMs } from '../time/clock-check.ts';
import { evaluateRenewal } from '../license/evaluate-license.ts';
import type { LicenseClaims } from '../tokens/license-claims.ts';
import { isPastExpiry } from '../tokens/token-rules.ts';

/** What an authentic token says, independent of the time. It stays valid as long as the issuer's key does. */
export interface AuthenticPeer {
  /** Null if the token lacks the license details that a POS device has. */
  readonly license: PeerLicense | null;
  /** For a token without license details: the peer as far as the token names it. */
  readonly named?: Partial<PeerDetails> | null;
  /** `iat`, or `nbf` if that is later (RFC 7519 §4.1.5, §4.1.6), in ms. */
  readonly startsAt: number;
  /** `exp` in ms. */
  readonly expiresAt: number;
}

/** A peer's license, read from its token. */
interface PeerLicense {
  readonly details: LicenseDetails;
  /** The details that clients receive, with the renewal state at some instant. */
  readonly shown: PeerDetails;
  /** Thumbprint of the key that the token is bound to (RFC 9449 §6.1). Matches no key if the token is bound in another way. */
  readonly boundTo?: string;
}

/** What a peer is compared with. */
export interface PeerComparison {
  /** This server's own license. Null if it holds none. */
  readonly own: LicenseDetails | null;
  /** Trusted time, ms since the epoch. */
  readonly judgedAt: number;
  readonly expiredPeers: ExpiredPeerRule;
}

/**
 * Judges a peer by its authentic token, except for proof of possession. The token must be valid at this time, the peer must be of
 * the same organization, this server must be its hub or the other way round, and it must be licensed. If neither license names an
 * organization, as with some servers, only the hub decides. Returns the first reason in the order of `peerReasons`.
 */
export function evaluatePeer(peer: AuthenticPeer, { own, judgedAt, expiredPeers }: PeerComparison): PeerVerdict {
  const refuse = (reason: PeerReason): PeerVerdict => {
    const known = peer.license ? shownAt(peer.license, judgedAt) : (peer.named ?? null);
    return refusal(reason, known, true, judgedAt);
  };
  if (!own) return refuse('not_licensed');
  if (isPastExpiry(peer.expiresAt, judgedAt)) return refuse('expired');
  if (peer.startsAt > judgedAt + clockToleranceMs) return refuse('clock_wrong');
  if (!peer.license) return refuse('license_details_missing');
  const details = shownAt(peer.license, judgedAt);
  const [ourOrganization, itsOrganization] = [own.organization?.id, details.organization?.id];
  if (ourOrganization !== itsOrganization)
    return refuse(ourOrganization && itsOrganization ? 'other_organization' : 'organization_missing');
  if (namesOneUnclearly(own) || namesOneUnclearly(peer.license.details)) return refuse('organization_missing');
  const relation = relationOf(details, own);
  if (!relation) return refuse('not_our_peer');
  const lapsed = details.renewal.state === 'expired';
  if (lapsed && expiredPeers === 'refuse') return refuse('license_expired');
  const warnings: PeerWarning[] = [];
  if (!ourOrganization) warnings.push('organization_not_named');
  if (lapsed) warnings.push('license_expired');
  return { accepted: true, peer: details, relation, warnings, judgedAt };
}

/** Does the license name an organization that cannot be read? That is not the same as naming none. */
function namesOneUnclearly({ organization, unclear = [] }: LicenseDetails): boolean {
  return !organization && unclear.some(({ claim }) => claim.startsWith('organization'));
}

/** Builds a refusal. `peer`: what is known about the peer that presented the token. */
export function refusal(
  reason: PeerReason,
  peer: Partial<PeerDetails> | null,
  authentic: boolean,
  judgedAt: number,
): PeerVerdict {
  return { accepted: false, reason, peer, authentic, judgedAt };
}

/** The peer's details with the renewal state at `judgedAt`. Returns the same object as long as nothing in it changes. */
function shownAt({ details, shown }: PeerLicense, judgedAt: number): PeerDetails {
  const renewal = evaluateRenewal(details, judgedAt);
  return renewal.state === shown.renewal.state ? shown : { ...shown, renewal };
}

/** Builds a peer's license, with the renewal state at `at`. */
export function peerLicense({ details, deviceType, boundTo }: LicenseClaims, at: number): PeerLicense {
  const { serverId, serverName, edition, organization, features, hub, tokenIssuedAt, tokenExpiresAt } = details;
  const shown: PeerDetails = present({
    serverId,
    serverName,
    deviceType,
    edition,
    organization,
    features,
    hub,
    renewal: evaluateRenewal(details, at),
    tokenIssuedAt,
    tokenExpiresAt,
  });
  return present({ details, shown, boundTo });
}

function relationOf(peer: PeerDetails, own: LicenseDetails): PeerRelation | null {
  if (peer.hub?.serverId === own.serverId) return 'our_peer';
  return own.hub?.serverId === peer.serverId ? 'our_hub' : null;
}
