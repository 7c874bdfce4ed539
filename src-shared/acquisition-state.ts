import type { Failure } from './result.ts';

/** A User Code on the screen (RFC 8628 §3.2). It holds nothing secret: the device code stays in the main process. */
export interface UserCodeView {
  /** Verbatim, as the server sent it. */
  readonly userCode: string;
  /** As a browser shows it. */
  readonly verificationUri: string;
  /** Present where the server offers a link with the code in it. */
  readonly verificationUriComplete?: string;
  /** One of the addresses is not the Authorization server's own. */
  readonly otherSite?: true;
  readonly lifeSeconds: number;
  /** Left when this snapshot was made, by monotonic time; the screen counts down from its own arrival. */
  readonly remainingSeconds: number;
}

/** What the last poll said, for the live line under Complete Authorization. */
export interface PollView {
  readonly intervalSeconds: number;
  /** Seconds since the last answer when this snapshot was made; absent before the first. */
  readonly checkedSecondsAgo?: number;
  /** Seconds until the next poll when this snapshot was made; 0 while one is on its way. */
  readonly nextInSeconds: number;
  /** Why the last poll brought no answer, while polling goes on. */
  readonly trouble?: Failure;
}

/** The steps of the device authorization grant, as the left pane shows them. */
export type AcquisitionState =
  | { readonly state: 'idle' }
  | { readonly state: 'requesting_code' }
  | { readonly state: 'awaiting_authorization'; readonly code: UserCodeView; readonly poll: PollView }
  | { readonly state: 'storing_license' }
  | { readonly state: 'failed'; readonly failure: Failure; readonly userCode?: string };
