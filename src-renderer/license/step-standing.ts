import type { AcquisitionState } from '../../src-shared/acquisition-state.ts';

/** The six steps of acquiring a license. */
export const stepIds = ['signIn', 'chooseDevice', 'next', 'userCode', 'authorize', 'complete'] as const;
export type StepId = (typeof stepIds)[number];
export type StepStanding = 'done' | 'current' | 'open' | 'later';

/** The step that a person is at. If a license is acquired again, it is unknown whether the steps in the pane are done. */
export function currentStep(acquisition: AcquisitionState, again: boolean): StepId {
  switch (acquisition.state) {
    case 'idle':
      return 'signIn';
    case 'requesting_code':
      return 'next';
    case 'awaiting_authorization':
      return again ? 'signIn' : 'authorize';
    case 'storing_license':
    case 'confirming_server':
      return 'complete';
    case 'failed':
      return failedStep(acquisition);
  }
}

/** Whether the console asks by itself whether the code was authorized, and the server answers. */
export function completesByItself(acquisition: AcquisitionState): boolean {
  return acquisition.state === 'awaiting_authorization' && acquisition.poll.trouble === undefined;
}

/** The state of each step. An `open` step is neither done nor current, but can be done now. */
export function stepStandings(acquisition: AcquisitionState, again: boolean): Readonly<Record<StepId, StepStanding>> {
  const current = stepIds.indexOf(currentStep(acquisition, again));
  const standing = (step: StepId): StepStanding => {
    const index = stepIds.indexOf(step);
    if (index === current) return 'current';
    if (acquisition.state === 'idle') return index < stepIds.indexOf('userCode') ? 'open' : 'later';
    if (acquisition.state === 'awaiting_authorization') {
      if (step === 'next' || step === 'userCode') return 'done';
      return index < current ? 'done' : 'open';
    }
    if (again && index < stepIds.indexOf('next') && acquisition.state !== 'storing_license') return 'open';
    return index < current ? 'done' : 'later';
  };
  return {
    signIn: standing('signIn'),
    chooseDevice: standing('chooseDevice'),
    next: standing('next'),
    userCode: standing('userCode'),
    authorize: standing('authorize'),
    complete: standing('complete'),
  };
}

function failedStep({ failure, userCode }: Extract<AcquisitionState, { state: 'failed' }>): StepId {
  if (userCode === undefined) return 'next';
  if (failure.code === 'expired_token') return 'userCode';
  return failure.code === 'access_denied' ? 'authorize' : 'complete';
}
