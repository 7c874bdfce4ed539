import { describe, expect, test } from 'vitest';
import { checkFinding } from '../../../../src-main/license/check-finding.ts';
import { evaluateLicense } from '../../../../src-main/license/evaluate-license.ts';
import type { CheckFinding } from '../../../../src-shared/license/license-check.ts';
import type { LicenseDetails } from '../../../../src-shared/license/license-status.ts';

const day = 86_400_000;
const at = Date.parse('2026-11-26T12:00:00Z');
const until = (days: number) => ({ endsAt: at + days * day, date: `in ${days} days` });

const held: LicenseDetails = {
  serverId: 'store-014',
  features: ['xms'],
  hub: { name: 'Corporate 1', url: 'https://corp1.example.com' },
  renewalDate: until(12),
  tokenIssuedAt: at - day,
  tokenExpiresAt: at + 9 * day,
};
const { renewalDate: _none, ...endless } = held;
const fresh = { tokenIssuedAt: at, tokenExpiresAt: at + 10 * day };
const view = (details: LicenseDetails) => ({ details, evaluation: evaluateLicense(details, at) });

const table: readonly (readonly [string, LicenseDetails, LicenseDetails, CheckFinding])[] = [
  ['nothing, and a renewal is due', held, held, { kind: 'unchanged', awaitsRenewal: true }],
  [
    'nothing, and no renewal is due',
    { ...held, renewalDate: until(90) },
    { ...held, renewalDate: until(90) },
    { kind: 'unchanged', awaitsRenewal: false },
  ],
  [
    'nothing, and the license has expired',
    { ...held, renewalDate: until(-1) },
    { ...held, renewalDate: until(-1) },
    { kind: 'unchanged', awaitsRenewal: true },
  ],
  ['a later date', held, { ...held, renewalDate: until(400) }, { kind: 'renewed', date: until(400) }],
  [
    'a later date that has passed as well',
    { ...held, renewalDate: until(-40) },
    { ...held, renewalDate: until(-1) },
    { kind: 'date_changed', date: until(-1) },
  ],
  ['an earlier date', held, { ...held, renewalDate: until(5) }, { kind: 'date_changed', date: until(5) }],
  ['a date for a license that had none', endless, held, { kind: 'date_changed', date: until(12) }],
  ['no date any more', held, endless, { kind: 'renewed' }],
  [
    'a date that cannot be read is no renewal',
    held,
    { ...endless, unclear: [{ claim: 'license_renewal_date', value: 'soon' }] },
    { kind: 'unchanged', awaitsRenewal: false },
  ],
  ['other features', held, { ...held, features: ['xms', 'reports'] }, { kind: 'fields_changed', fields: ['features'] }],
  [
    'another hub and Server ID',
    held,
    { ...held, serverId: 'store-015', hub: { name: 'Corporate 2' } },
    { kind: 'fields_changed', fields: ['serverId', 'hubName', 'hubUrl'] },
  ],
  [
    'a renewal counts more than other features',
    held,
    { ...held, features: [], renewalDate: until(400) },
    { kind: 'renewed', date: until(400) },
  ],
  [
    'a fresh token after one that had expired',
    { ...held, tokenIssuedAt: at - 10 * day, tokenExpiresAt: at - day },
    { ...held, ...fresh },
    { kind: 'token_fresh', expiresAt: fresh.tokenExpiresAt },
  ],
  ['a fresh token after one that was fine', held, { ...held, ...fresh }, { kind: 'unchanged', awaitsRenewal: true }],
];

describe('what a check found', () => {
  test.each(table)('%s', (_name, before, after, finding) => {
    expect(checkFinding(view(before), view(after))).toEqual(finding);
  });
});
