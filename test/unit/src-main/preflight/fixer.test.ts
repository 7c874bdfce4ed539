import { expect, it } from 'vitest';
import { fixerOf, fixerOfFinding } from '../../../../src-main/preflight/fixer.ts';
import type { Fixer } from '../../../../src-shared/preflight.ts';
import { attention, ok } from '../../../../src-main/preflight/preflight-check.ts';
import { failure } from '../../../../src-shared/result.ts';

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
  ['secret_store_locked', 'store'],
  ['internal_error', 'support'],
])('%s is fixed by: %s', (code, fixer) => {
  expect(fixerOf(failure(code))).toBe(fixer);
});

it('the failure, the advice or the check itself names who can fix what a check found', () => {
  expect(fixerOfFinding({ state: 'failed', says: [], failure: failure('proxy_refused') })).toBe('network');
  expect(fixerOfFinding(attention([], { advice: 'free_disk_space' }))).toBe('store');
  expect(fixerOfFinding(attention([], { fixer: 'network' }))).toBe('network');
  expect(fixerOfFinding(attention([], { advice: 'renew' }))).toBeUndefined();
  expect(fixerOfFinding(attention([]))).toBeUndefined();
  expect(fixerOfFinding(ok())).toBeUndefined();
});
