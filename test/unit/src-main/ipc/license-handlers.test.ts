import { describe, expect, it } from 'vitest';
import { licenseFieldText } from '../../../../src-main/ipc/license-handlers.ts';
import { shownLicense as license } from '../../../fakes/shown-license.ts';

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
