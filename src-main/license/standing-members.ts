import type { ServerStanding } from '../../src-shared/window/console-standing.ts';
import { instantOf } from '../../src-shared/instant.ts';
import { reportedClock } from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import { licenseMembers } from './license-members.ts';

/**
 * The state of a server's license, as its members in the terminal's JSON and in the answers of the local license API. `failureOf`: a
 * failure as its members.
 */
export function standingMembers<F>(
  standing: Pick<ServerStanding, 'license' | 'clock' | 'judgedAt' | 'refresh' | 'keychain'>,
  failureOf: (failure: Failure) => F,
) {
  const { license, refresh, keychain, judgedAt } = standing;
  const clock = reportedClock(standing.clock);
  return {
    ...(license ? licenseMembers(license) : { status: 'not_licensed' as const }),
    judged_at: instantOf(judgedAt),
    clock:
      clock.state === 'right'
        ? { state: clock.state }
        : { state: clock.state, local_at: instantOf(clock.localAt), trusted_at: instantOf(clock.trustedAt) },
    refresh: present({
      can_refresh: license ? !refresh.withoutRefreshToken : undefined,
      last_refreshed_at: instantOf(refresh.lastRefreshedAt),
      next_refresh_at: instantOf(refresh.nextRefreshAt),
      last_failure: refresh.lastFailure && failureOf(refresh.lastFailure),
    }),
    ...present({ keychain: keychain ? failureOf(keychain) : undefined }),
  };
}
