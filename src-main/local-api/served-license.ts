import type { JSONWebKeySet } from 'jose';
import type { ServerStanding } from '../../src-shared/console-standing.ts';
import type { ClockStatus } from '../../src-shared/license-status.ts';
import type { PeerVerdict } from '../../src-shared/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import type { Edition } from '../../src-shared/server-profile.ts';
import type { CurrentToken } from '../license/held-token.ts';
import type { PresentedToken } from '../peers/presented-token.ts';

export type { CurrentToken } from '../license/held-token.ts';

/** How one server stands, as the local license API tells it. */
export interface ServedStanding extends ServerStanding {
  /** The kind of server that the settings name. */
  readonly edition: Edition;
  readonly clock: ClockStatus;
  /** Trusted time, ms since the Unix epoch. */
  readonly judgedAt: number;
}

/** One server's license as the local license API serves it. */
export interface ServedLicense {
  readonly profileId: string;
  standing(): ServedStanding;
  /** Failures: `not_licensed`, `token_expired`, and the `secret_store_*` codes. */
  currentToken(): Promise<Result<CurrentToken>>;
  /** The issuer's public keys as kept; null before the first time that they were fetched. */
  signingKeys(): JSONWebKeySet | null;
  /** Judges a peer's token and remembers the peer; `askedBy` is the client's name. */
  verifyPeer(presented: PresentedToken, askedBy: string): Promise<PeerVerdict>;
  /** A proof of possession for one request (RFC 9449 §4.2). Failures: `token_not_bound` for a bearer token, as `currentToken`. */
  prove(request: { readonly method: string; readonly url: string; readonly nonce?: string }): Promise<Result<string>>;
}
