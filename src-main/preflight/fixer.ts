import { hasTrait } from '../../src-shared/failure-codes.ts';
import type { CheckAdvice, Fixer, Stage } from '../../src-shared/support/preflight.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Finding } from './preflight-check.ts';
import { stageOf } from './way-of-request.ts';

const ofStage: Readonly<Record<Stage, Fixer>> = {
  network: 'store',
  name: 'network',
  proxy: 'network',
  connection: 'network',
  certificate: 'network',
  portal: 'network',
  authorization_server: 'authorization_server',
  device_flow: 'authorization_server',
  keys: 'authorization_server',
};

/** A license is renewed by the people who manage licenses in the company, and they are none of these. */
const ofAdvice: Readonly<Record<CheckAdvice, Fixer | null>> = {
  start_at_sign_in: 'store',
  free_disk_space: 'store',
  connect: 'store',
  renew: null,
  acquire_again: 'store',
  authorize_again: 'store',
};

/** Who can fix what a check found. Undefined if nobody has to, or if it is none of these people. */
export function fixerOfFinding({ failure, advice, fixer }: Finding): Fixer | undefined {
  if (failure) return fixerOf(failure);
  return fixer ?? (advice && ofAdvice[advice]) ?? undefined;
}

/** These happen on the way to the Authorization server, but a person at this computer or at the laptop that helps it can fix them. */
const fixedHere: ReadonlySet<Failure['code']> = new Set(['proxy_sign_in', 'laptop_gone', 'relay_refused']);

/** Who can fix a failure. */
export function fixerOf(reason: Failure): Fixer {
  if (reason.remedy === 'copy_for_support') return 'support';
  if (reason.remedy === 'edit_settings' && reason.code !== 'device_flow_unsupported') return 'store';
  if (fixedHere.has(reason.code)) return 'store';
  const isOfServer = hasTrait(reason.code, 'unavailable') || reason.code === 'device_flow_unsupported';
  return isOfServer ? ofStage[stageOf(reason)] : 'store';
}
