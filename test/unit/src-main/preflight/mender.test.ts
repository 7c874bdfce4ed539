import { expect, it } from 'vitest';
import { menderOf } from '../../../../src-main/preflight/mender.ts';
import type { Mender } from '../../../../src-shared/preflight.ts';
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
