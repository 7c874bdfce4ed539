import { type AlertView, mayCheckLater, needsConnection } from '../../src-shared/notifications/alert.ts';
import { keychainTroubleOf } from '../../src-shared/window/console-standing.ts';
import type { ConsoleState, LicenseView } from '../../src-shared/window/console-state.ts';
import { type FailureCode, hasTrait } from '../../src-shared/failure-codes.ts';
import { type ClockTimes, doubtOf } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import { type Failure, failure as failureOf } from '../../src-shared/result.ts';
import type { Tone } from '../../src-shared/license/status-tone.ts';
import { tokenMatter } from '../../src-shared/license/token-matter.ts';

/** Something in addition to the License Status that a person should know. */
export type Attention =
  | ({ readonly kind: 'clock_wrong' | 'clock_in_doubt'; readonly tone: Tone } & ClockTimes)
  /** No server says which time is right, and by the clock something has ended or ends soon. */
  | ({
      readonly kind: 'clock_unconfirmed';
      readonly tone: Tone;
      readonly alert: AlertView;
      readonly failure: Failure | undefined;
    } & ClockTimes)
  | { readonly kind: 'authorize_again'; readonly tone: Tone; readonly failure: Failure; readonly license: LicenseView }
  | { readonly kind: 'cannot_renew'; readonly tone: Tone; readonly failure: Failure; readonly license: LicenseView }
  | { readonly kind: 'keychain'; readonly tone: Tone; readonly failure: Failure }
  | TokenAttention<'token_expired'>
  | TokenAttention<'token_expires_soon'>
  | { readonly kind: 'refresh_failed'; readonly tone: Tone; readonly failure: Failure }
  | {
      readonly kind: 'offline' | 'server_trouble';
      readonly tone: Tone;
      readonly failure: Failure;
      readonly expiresAt: number;
    }
  | { readonly kind: 'claims_unclear'; readonly tone: Tone; readonly license: LicenseView }
  | { readonly kind: 'without_xms'; readonly tone: Tone };

interface TokenAttention<K extends string> {
  readonly kind: K;
  readonly tone: Tone;
  readonly expiresAt: number;
  /** Why the last refresh failed, if it did and no earlier notice says so. */
  readonly failure: Failure | null;
  /** False if the server answered but gave no usable token, so that a better connection would not help. */
  readonly needsConnection: boolean;
}

/** Failures of the keychain and the clock, which have their own notices. */
const saidElsewhere = (code: FailureCode): boolean => code === 'clock_wrong' || hasTrait(code, 'keychain');

/** What needs attention in a snapshot, most urgent first. Only sorts the findings of the main process, and evaluates nothing itself. */
export function attentionsOf(state: ConsoleState): readonly Attention[] {
  const found: Attention[] = [];
  if (state.clock.state === 'wrong') {
    found.push({
      kind: 'clock_wrong',
      tone: 'critical',
      localAt: state.clock.localAt,
      trustedAt: state.clock.trustedAt,
    });
  }
  const doubt = doubtOf(state.clock);
  const unconfirmed = doubt && unconfirmedAlertOf(state);
  if (unconfirmed)
    found.push({
      kind: 'clock_unconfirmed',
      tone: unconfirmed.tone,
      alert: unconfirmed,
      failure: lastFailureOf(state) ?? undefined,
      ...doubt,
    });
  else if (doubt) found.push({ kind: 'clock_in_doubt', tone: 'caution', ...doubt });
  const keychain = keychainTroubleOf(state);
  if (keychain && !acquisitionSays(state, keychain)) {
    found.push({ kind: 'keychain', tone: 'caution', failure: keychain });
  }
  return state.license ? [...found, ...licenseAttentions(state, state.license)] : found;
}

/** The alert about what ends for this server by a clock that no server confirms. */
function unconfirmedAlertOf({ alerts, profile }: ConsoleState): AlertView | undefined {
  return alerts.find(({ cause, profileId }) => cause === 'clock_unconfirmed' && profileId === profile?.id);
}

function acquisitionSays({ acquisition }: ConsoleState, failure: Failure): boolean {
  return acquisition.state === 'failed' && acquisition.failure.code === failure.code;
}

const lastFailureOf = ({ refresh, connection }: ConsoleState): Failure | null =>
  refresh.lastFailure ?? (connection.state === 'offline' ? connection.failure : null);

function licenseAttentions(state: ConsoleState, license: LicenseView): Attention[] {
  const found: Attention[] = [];
  const { token } = license.evaluation;
  const last = lastFailureOf(state);
  const failure = last && !saidElsewhere(last.code) ? last : null;
  const { withoutRefreshToken } = state.refresh;
  const { cause, tone } = tokenMatter(token, present({ lastFailure: failure ?? undefined, withoutRefreshToken }));
  if (withoutRefreshToken) {
    // Shown from the beginning, because a connection cannot change it.
    found.push({ kind: 'cannot_renew', tone: cause ? tone : 'info', failure: failureOf('no_refresh_token'), license });
  } else if (failure && cause === 'authorize_again') {
    found.push({ kind: 'authorize_again', tone, failure, license });
  } else {
    const refusal = failure && !mayCheckLater(failure) ? failure : null;
    if (refusal) found.push({ kind: 'refresh_failed', tone, failure: refusal });
    const { expiresAt } = token;
    const connects = needsConnection({ code: failure?.code });
    if (cause === 'token_expired' || cause === 'token_expires_soon')
      found.push({ kind: cause, tone, expiresAt, failure: refusal ? null : failure, needsConnection: connects });
    // By the clock the token may not last as long as this notice says.
    else if (failure && !refusal && !unconfirmedAlertOf(state))
      found.push({ kind: connects ? 'offline' : 'server_trouble', tone: 'info', failure, expiresAt });
  }
  const { features, unclear, cut } = license.details;
  if (unclear || cut) {
    const { renewal } = license.evaluation;
    const dateUnclear = renewal.state === 'licensed' && renewal.dateUnclear;
    found.push({ kind: 'claims_unclear', tone: dateUnclear ? 'caution' : 'info', license });
  }
  const mayHaveXms = unclear?.some(({ claim }) => claim === 'features') ?? false;
  const hasXms = features?.some((feature) => feature.trim().toLowerCase() === 'xms') ?? false;
  if (license.evaluation.renewal.state !== 'expired' && !hasXms && !mayHaveXms) {
    found.push({ kind: 'without_xms', tone: 'info' });
  }
  return found;
}
