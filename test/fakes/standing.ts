import type { AlertStanding } from '../../src-main/notifications/notification-causes.ts';
import { evaluateLicense } from '../../src-main/license/evaluate-license.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { LicenseDetails } from '../../src-shared/license/license-status.ts';
import { type LocalApiTrouble, localApiTrouble } from '../../src-shared/registers/local-api-view.ts';
import { failure } from '../../src-shared/result.ts';

const day = 86_400_000;

/** The trouble that a failure means for a local license API that is switched on. */
export function apiTrouble(code: FailureCode): LocalApiTrouble | null {
  const settings = { on: true, tcpPort: 47_215, expiredPeers: 'refuse' } as const;
  return localApiTrouble({ settings, failure: failure(code) });
}

/** The state of a server at `at`: licensed, with nothing to report, except for the changes that a test makes. */
export function standing(
  at: number,
  changes: Partial<Omit<AlertStanding, 'license'>> & {
    readonly details?: Partial<LicenseDetails>;
    readonly licensed?: boolean;
  } = {},
): AlertStanding {
  const { details, licensed = true, ...rest } = changes;
  const whole: LicenseDetails = {
    serverId: 'server-14',
    tokenIssuedAt: at - day,
    tokenExpiresAt: at + 9 * day,
    ...details,
  };
  return {
    profileId: 'p1',
    serverName: 'Store 014',
    edition: 'store',
    license: licensed ? { details: whole, evaluation: evaluateLicense(whole, at) } : null,
    refresh: { refreshing: false },
    clock: { state: 'right' },
    keychain: null,
    judgedAt: at,
    localApi: null,
    ...rest,
  };
}
