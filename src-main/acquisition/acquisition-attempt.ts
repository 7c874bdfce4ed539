import type { AcquisitionState } from '../../src-shared/acquisition-state.ts';
import { present } from '../../src-shared/present.ts';
import type { Failure } from '../../src-shared/result.ts';
import { shownAddress } from '../../src-shared/shown-text.ts';
import type { AuthorizationContext } from '../authorization/authorization-context.ts';
import type { DeviceAuthorization } from '../authorization/device-authorization.ts';
import { isOwnAddress } from '../authorization/issuer-address.ts';
import type { PollSchedule } from './poll-schedule.ts';

/** One User Code and the state of polling for it. */
export interface AcquisitionAttempt {
  readonly context: AuthorizationContext;
  readonly device: DeviceAuthorization;
  readonly cancelled: AbortController;
  schedule: PollSchedule;
  checkedMs?: number;
  polling: boolean;
  trouble?: Failure;
  /** The User Code was copied to the clipboard. */
  copied?: true;
  /** A response with tokens may have been lost on the way. */
  answerLost: boolean;
  cancelTimer: () => void;
}

/** The attempt for the screen: without the device code, and with addresses in the form that a browser shows. */
export function viewAttempt(attempt: AcquisitionAttempt, nowMs: number): AcquisitionState {
  const { context, device, schedule } = attempt;
  const { verificationUri, verificationUriComplete: complete } = device;
  const issuer = new URL(context.metadata.issuer);
  const isOwn = [verificationUri, complete ?? verificationUri].every((uri) => isOwnAddress(new URL(uri), issuer));
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
  return {
    state: 'awaiting_authorization',
    code: present({
      userCode: device.userCode,
      verificationUri: shownAddress(verificationUri),
      verificationUriComplete: complete && shownAddress(complete),
      copied: attempt.copied,
      otherSite: isOwn ? undefined : true,
      lifeSeconds: device.expiresInSeconds,
      remainingSeconds: seconds(schedule.deadlineMs - nowMs),
    }),
    poll: present({
      intervalSeconds: schedule.intervalMs / 1000,
      checkedSecondsAgo: attempt.checkedMs === undefined ? undefined : seconds(nowMs - attempt.checkedMs),
      nextInSeconds: attempt.polling ? 0 : seconds(schedule.nextMs - nowMs),
      trouble: attempt.trouble,
    }),
  };
}
