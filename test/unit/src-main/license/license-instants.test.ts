import { describe, expect, it } from 'vitest';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import { licenseInstants } from '../../../../src-main/license/license-instants.ts';

const day = 86_400_000;
const issuedAt = Date.parse('2026-03-10T12:00:00Z');
const base = { serverId: 's', tokenIssuedAt: issuedAt, tokenExpiresAt: issuedAt + 3 * day };

describe('what the history keeps of a license', () => {
  it('without a renewal date: the token alone', () => {
    expect(licenseInstants(base)).toEqual({
      tokenIssuedAt: issuedAt,
      tokenExpiresAt: issuedAt + 3 * day,
      tokenWarnsAt: issuedAt + 2 * day,
    });
  });

  it('the instants at which the evaluation changes, as the token says them', () => {
    const endsAt = issuedAt + 100 * day;
    const details = {
      ...base,
      renewalDate: { endsAt, date: '2026-06-17', timeZone: 'UTC' },
      warningDays: 7,
      tokenWarningSeconds: 3600,
    };
    const instants = licenseInstants(details);
    expect(instants).toMatchObject({
      renewalEndsAt: endsAt,
      renewalWarnsAt: endsAt - 7 * day,
      renewalDate: '2026-06-17',
    });
    for (const change of [1, -1])
      expect(evaluateLicense(details, (instants.tokenWarnsAt ?? 0) + change).token.state).toBe(
        change > 0 ? 'expires_soon' : 'fine',
      );
  });
});
