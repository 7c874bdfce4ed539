import { describe, expect, it } from 'vitest';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import { licenseMembers } from '../../../../src-main/license/license-members.ts';
import { type LicenseDetails, licenseDetailsSchema } from '../../../../src-shared/license/license-details.ts';
import { wholeLicense as details } from '../../../fakes/whole-license.ts';

/** What programs get in another form: the name from the settings, and two lengths as the instants that follow from them. */
const inAnotherForm: readonly string[] = ['serverName', 'warningDays', 'tokenWarningSeconds'];

describe('the members of a license in responses to programs', () => {
  const members = JSON.stringify(
    licenseMembers({ details, evaluation: evaluateLicense(details, details.tokenIssuedAt) }),
  );

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
    const found = licenseMembers({ details: least, evaluation: evaluateLicense(least, tokenIssuedAt) });
    expect(Object.keys(found).toSorted()).toEqual(['renewal', 'server_id', 'status', 'token']);
  });
});
