import type { JSONWebKeySet } from 'jose';
import type { ServerStanding } from '../../src-shared/console-standing.ts';
import type { ClockStatus } from '../../src-shared/license-status.ts';
import type { PeerVerdict } from '../../src-shared/peer-verdict.ts';
import type { Result } from '../../src-shared/result.ts';
import type { Edition } from '../../src-shared/server-profile.ts';
import type { CurrentToken } from '../license/held-token.ts';
import type { PresentedToken } from '../peers/peer-proof.ts';

export type { CurrentToken } from '../license/held-token.ts';

/** The state of one server's license, as the local license API reports it. */
export interface ServedStanding extends ServerStanding {
  /** The edition chosen in the settings. */
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
  /** The issuer's public keys from the cache. Null until they were fetched for the first time. */
  signingKeys(): JSONWebKeySet | null;
  /** Judges a peer's token and records the peer. `askedBy` is the name of the API client. */
  verifyPeer(presented: PresentedToken, askedBy: string): Promise<PeerVerdict>;
  /** A DPoP proof for one request (RFC 9449 §4.2). Failures: `token_not_bound` for a bearer token, and those of `currentToken`. */
  prove(request: { readonly method: string; readonly url: string; readonly nonce?: string }): Promise<Result<string>>;
}
