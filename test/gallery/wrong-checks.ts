import { failed } from '../../src-main/preflight/preflight-check.ts';
import { fixerOf } from '../../src-main/preflight/fixer.ts';
import type { FailureCode } from '../../src-shared/failure-codes.ts';
import type { CheckId, PreflightView } from '../../src-shared/support/preflight.ts';
import { failure } from '../../src-shared/result.ts';

/** One check that failed, as the checks before the first *Next* say it. */
function only(check: CheckId, code: FailureCode, facts: Record<string, string> = {}): PreflightView {
  const reason = failure(code, { facts: { host: 'auth.example.com', ...facts } });
  const result = { check, ...failed(reason), fixer: fixerOf(reason) };
  return { askedBy: 'console', state: 'done', endedAt: 0, results: [result] };
}

/** The findings before the first *Next*, one of each kind, by the name of their state. */
export const wrongChecks = {
  'before-next-no-network': only('network', 'network_unreachable', { cause: 'no_network' }),
  'before-next-name': only('name', 'network_unreachable', { cause: 'name_unknown' }),
  'before-next-proxy': only('proxy', 'proxy_refused', { proxy: '10.0.0.1:3128' }),
  'before-next-proxy-sign-in': only('proxy', 'proxy_sign_in', { proxy: '10.0.0.1:3128' }),
  'before-next-connection': only('connection', 'network_unreachable', { cause: 'refused' }),
  'before-next-certificate': only('certificate', 'certificate_untrusted', { signer: 'Example Company Inspection CA' }),
  'before-next-portal': only('portal', 'captive_portal', { portal: 'portal.hotel.example' }),
  'before-next-server': only('authorization_server', 'server_error', { status: '503' }),
  'before-next-device-flow': only('device_flow', 'device_flow_unsupported'),
  'before-next-keys': only('keys', 'signing_keys_unavailable'),
  'before-next-storage': only('storage', 'settings_not_written', { reason: 'full' }),
} as const satisfies Record<string, PreflightView>;
