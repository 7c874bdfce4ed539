import type { Failure } from '../result.ts';
import type { ServerDifference } from '../servers/server-difference.ts';

/** A User Code on the screen (RFC 8628 §3.2). Nothing in it is secret: the device code stays in the main process. */
export interface UserCodeView {
  /** Verbatim, as the server sent it. */
  readonly userCode: string;
  /** In the form that a browser's address bar shows. */
  readonly verificationUri: string;
  /** Present if the server offers a link that already contains the code. */
  readonly verificationUriComplete?: string;
  /** The console or a person copied the code to the clipboard. */
  readonly copied?: true;
  /** A message that was sent to a person elsewhere contains an older code. */
  readonly messageIsOld?: true;
  /** At least one of the two addresses is on a different site from the Authorization server. */
  readonly otherSite?: true;
  readonly lifeSeconds: number;
  /** Seconds left when this snapshot was made, by monotonic time. The screen counts down from when it received the snapshot. */
  readonly remainingSeconds: number;
}

/** The result of the last poll, for the live line under Complete Authorization. */
export interface PollView {
  readonly intervalSeconds: number;
  /** Seconds since the last answer when this snapshot was made; absent before the first answer. */
  readonly checkedSecondsAgo?: number;
  /** Seconds until the next poll when this snapshot was made; 0 while a poll is in flight. */
  readonly nextInSeconds: number;
  /** Why the last poll got no answer. Polling continues. */
  readonly trouble?: Failure;
}

export const acquisitionStates = [
  'idle',
  'requesting_code',
  'awaiting_authorization',
  'storing_license',
  'confirming_server',
  'failed',
] as const satisfies readonly AcquisitionState['state'][];

/** The steps of the device authorization grant, as the left pane shows them. */
export type AcquisitionState =
  | { readonly state: 'idle' }
  | { readonly state: 'requesting_code' }
  | { readonly state: 'awaiting_authorization'; readonly code: UserCodeView; readonly poll: PollView }
  | { readonly state: 'storing_license' }
  /** The license that was issued may be for another server. It is used only if a person keeps it. */
  | { readonly state: 'confirming_server'; readonly difference: ServerDifference }
  /** `authorized`: the server had issued tokens, so a person had authorized the device. */
  | { readonly state: 'failed'; readonly failure: Failure; readonly userCode?: string; readonly authorized?: true };
