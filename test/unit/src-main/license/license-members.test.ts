import { describe, expect, it } from 'vitest';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import { licenseMembers } from '../../../../src-main/license/license-members.ts';
import { type LicenseDetails, licenseDetailsSchema } from '../../../../src-shared/license/license-details.ts';

const at = Date.UTC(2026, 10, 24, 12);
const details: Required<LicenseDetails> = {
  serverId: 'store-014-8f0c2d17',
  serverName: 'Store 014',
  edition: 'store',
  organization: { id: 'org-7', name: 'Main Street' },
  licenseId: 'lic-1',
  licenseName: 'Fusion Store',
  renewalDate: { endsAt: at + 86_400_000, date: '2026-11-25', timeZone: 'Europe/Zurich' },
  warningDays: 14,
  tokenWarningSeconds: 3600,
  features: ['core'],
  hub: { serverId: 'hub-1', name: 'Hub', url: 'https://hub.example' },
  tokenIssuedAt: at - 1000,
  tokenExpiresAt: at + 1000,
  unclear: [{ claim: 'edition', value: '7' }],
  cut: ['features'],
};

/** What programs get in another form: the name from the settings, and two lengths as the instants that follow from them. */
const inAnotherForm: readonly string[] = ['serverName', 'warningDays', 'tokenWarningSeconds'];

describe('the members of a license in responses to programs', () => {
  const members = JSON.stringify(licenseMembers({ details, evaluation: evaluateLicense(details, at) }));

  it.each(Object.keys(licenseDetailsSchema.shape).filter((name) => !inAnotherForm.includes(name)))('%s', (name) => {
    const value = details[name as keyof LicenseDetails];
    const leaves = JSON.stringify(value).match(/"[^"]*"|\d{9,}/g) ?? [];
    const values = leaves.filter((leaf) => !JSON.stringify(value).includes(`${leaf}:`));
    expect(values.length).toBeGreaterThan(0);
    for (const leaf of values)
      expect(members).toContain(/^\d/.test(leaf) ? new Date(Number(leaf)).toISOString() : leaf);
  });

  it('do not include the member of a claim that is missing', () => {
    const { serverId, tokenIssuedAt, tokenExpiresAt } = details;
    const least: LicenseDetails = { serverId, tokenIssuedAt, tokenExpiresAt };
    const found = licenseMembers({ details: least, evaluation: evaluateLicense(least, at) });
    expect(Object.keys(found).toSorted()).toEqual(['renewal', 'server_id', 'status', 'token']);
  });
});
