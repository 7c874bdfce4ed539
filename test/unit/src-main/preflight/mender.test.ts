import { expect, it } from 'vitest';
import { menderOf, menderOfFinding } from '../../../../src-main/preflight/mender.ts';
import type { Mender } from '../../../../src-shared/preflight.ts';
import { attention, ok } from '../../../../src-main/preflight/preflight-check.ts';
import { failure } from '../../../../src-shared/result.ts';

it.each<[Parameters<typeof failure>[0], Mender]>([
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
])('%s is fixed by: %s', (code, mender) => {
  expect(menderOf(failure(code))).toBe(mender);
});

it('the failure, the advice or the check itself names who can fix what a check found', () => {
  expect(menderOfFinding({ state: 'failed', says: [], failure: failure('proxy_refused') })).toBe('network');
  expect(menderOfFinding(attention([], { advice: 'free_disk_space' }))).toBe('store');
  expect(menderOfFinding(attention([], { mender: 'network' }))).toBe('network');
  expect(menderOfFinding(attention([], { advice: 'renew' }))).toBeUndefined();
  expect(menderOfFinding(attention([]))).toBeUndefined();
  expect(menderOfFinding(ok())).toBeUndefined();
});
