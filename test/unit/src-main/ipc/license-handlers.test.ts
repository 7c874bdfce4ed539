import { describe, expect, it } from 'vitest';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import { licenseFieldText } from '../../../../src-main/ipc/license-handlers.ts';

const details = {
  serverId: 'store-014',
  organization: { id: 'fc-xmsqa1' },
  features: ['xms'],
  tokenIssuedAt: Date.parse('2026-03-10T12:00:00Z'),
  tokenExpiresAt: Date.parse('2026-03-17T12:00:00Z'),
};
const license = { details, evaluation: evaluateLicense(details, details.tokenIssuedAt) };

describe('the text of a field', () => {
  it('a field is copied as the text on the screen', () => {
    expect(licenseFieldText(license, 'licenseStatus')).toBe('Licensed');
    expect(licenseFieldText(license, 'serverId')).toBe('store-014');
    expect(licenseFieldText(license, 'features')).toBe('xms');
    expect(licenseFieldText(license, 'tokenExpiry')).toContain('17 March 2026');
  });

  it('an absent field is copied as an empty text', () => {
    expect([licenseFieldText(license, 'hubName'), licenseFieldText(license, 'hubUrl')]).toEqual(['', '']);
  });
});
