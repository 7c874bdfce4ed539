import { hasTrait } from '../failure-codes.ts';
import type { AlertTone } from '../notifications/alert.ts';
import type { RefreshView } from '../window/console-state.ts';
import type { LicenseEvaluation } from './license-status.ts';

/** What is wrong with a license token, and how urgent that looks. The screen and the notifications both use it. */
interface TokenMatter {
  /**
   * `authorize_again`: only a new authorization by a person gets the next token (RFC 6749 §5.2). `cannot_renew`: the same, because
   * the server issued no refresh token and the license token expires soon or has expired. Null: the token is fine.
   */
  readonly cause: 'authorize_again' | 'cannot_renew' | 'token_expired' | 'token_expires_soon' | null;
  readonly tone: AlertTone;
}

/** Judges by the token's state, by whether it can be refreshed, and by why the last refresh failed, if it did. */
export function tokenMatter(
  { state }: LicenseEvaluation['token'],
  { lastFailure, withoutRefreshToken }: Pick<RefreshView, 'lastFailure' | 'withoutRefreshToken'>,
): TokenMatter {
  const tone = state === 'expired' ? 'critical' : 'caution';
  if (withoutRefreshToken) return { cause: state === 'fine' ? null : 'cannot_renew', tone };
  if (hasTrait(lastFailure?.code, 'reauthorize')) return { cause: 'authorize_again', tone };
  if (state === 'expired') return { cause: 'token_expired', tone };
  return { cause: state === 'expires_soon' ? 'token_expires_soon' : null, tone };
}
