import { expect, it } from 'vitest';
import { fixerOf, fixerOfFinding } from '../../../../src-main/preflight/fixer.ts';
import type { Fixer } from '../../../../src-shared/support/preflight.ts';
import { attention, failed, ok } from '../../../../src-main/preflight/preflight-check.ts';
import { failureCodes } from '../../../../src-shared/failure-codes.ts';
import { failure } from '../../../../src-shared/result.ts';
import { preflightWords } from '../../../../src-shared/words/preflight-words.ts';

it.each<[Parameters<typeof failure>[0], Fixer]>([
  ['network_unreachable', 'network'],
  ['captive_portal', 'network'],
  ['proxy_refused', 'network'],
  ['proxy_sign_in', 'store'],
  ['certificate_untrusted', 'network'],
  ['server_error', 'authorization_server'],
  ['device_flow_unsupported', 'authorization_server'],
  ['signing_keys_unavailable', 'authorization_server'],
  ['metadata_not_found', 'store'],
  ['clock_wrong', 'store'],
  ['laptop_gone', 'store'],
  ['relay_refused', 'store'],
  ['secret_store_locked', 'store'],
  ['internal_error', 'support'],
])('%s is fixed by: %s', (code, fixer) => {
  expect(fixerOf(failure(code))).toBe(fixer);
});

it('a certificate that is not valid yet is a matter of the clock, and one that has expired is not', () => {
  const dates = (valid_from: string) => ({ facts: { valid_from, valid_until: '3', judged_at: '2' } });
  expect(fixerOf(failure('certificate_date_invalid', dates('3')))).toBe('store');
  expect(fixerOf(failure('certificate_date_invalid', dates('1')))).toBe('network');
});

it.each(failureCodes)('nobody is asked twice to fix %s', (code) => {
  const { says } = failed(failure(code));
  const fixer = fixerOf(failure(code));
  const text = [...says, ...preflightWords.whoFixes(fixer, says)].join(' ');
  // Asking the console, or asking for licenses, asks nobody.
  const asked = text.match(/\bask (?!the console\b|for\b)/gi) ?? [];
  expect(asked.length, text).toBeLessThanOrEqual(1);
  if (fixer !== 'store') expect(asked.length, text).toBe(1);
});

it('the failure, the advice or the check itself names who can fix what a check found', () => {
  expect(fixerOfFinding({ state: 'failed', says: [], failure: failure('proxy_refused') })).toBe('network');
  expect(fixerOfFinding(attention([], { advice: 'free_disk_space' }))).toBe('store');
  expect(fixerOfFinding(attention([], { fixer: 'network' }))).toBe('network');
  expect(fixerOfFinding(attention([], { advice: 'renew' }))).toBeUndefined();
  expect(fixerOfFinding(attention([]))).toBeUndefined();
  expect(fixerOfFinding(ok())).toBeUndefined();
});
