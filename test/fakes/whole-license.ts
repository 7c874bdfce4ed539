import type { LicenseDetails } from '../../src-shared/license/license-details.ts';

const at = Date.UTC(2026, 10, 24, 12);
/** A license of which every field has a value. */
export const wholeLicense: Required<LicenseDetails> = {
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
