import { wayOf } from '../../src-shared/failure-codes.ts';
import type { CheckAdvice, Fixer } from '../../src-shared/support/preflight.ts';
import type { Failure } from '../../src-shared/result.ts';
import type { Finding } from './preflight-check.ts';
import { timesOfCertificate } from '../time/clock-evidence.ts';
import { stageOf } from './way-of-request.ts';

/** A license is renewed by the people who manage licenses in the company, who are not in this list. */
const ofAdvice: Readonly<Record<CheckAdvice, Fixer | null>> = {
  start_at_sign_in: 'store',
  free_disk_space: 'store',
  connect: 'store',
  renew: null,
  acquire_again: 'store',
  authorize_again: 'store',
};

/** Who can fix what a check found. Undefined if nobody has to, or if somebody else has to. */
export function fixerOfFinding({ failure, advice, fixer }: Finding): Fixer | undefined {
  if (failure) return fixerOf(failure);
  return fixer ?? (advice && ofAdvice[advice]) ?? undefined;
}

/** Who can fix a failure. What did not happen on the way to the Authorization server is fixed by a person at this computer. */
export function fixerOf(reason: Failure): Fixer {
  if (reason.remedy === 'copy_for_support') return 'support';
  // The computer is connected to no network, or its clock is wrong.
  if (stageOf(reason) === 'network' || timesOfCertificate(reason)) return 'store';
  return wayOf(reason.code)?.fixer ?? 'store';
}
