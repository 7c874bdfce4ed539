import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import type { PaneView } from '../../src-shared/window/console-state.ts';

/** The six steps of acquiring a license. */
export const stepIds = ['signIn', 'chooseDevice', 'next', 'userCode', 'authorize', 'complete'] as const;
export type StepId = (typeof stepIds)[number];

/** `done`: it happened, or the server said so. `open`: not done, as far as the console knows, but it can be done now. */
type StepStanding = 'done' | 'current' | 'open' | 'later';

/**
 * Where the Authorization pane is, judged by facts that hold for every server's pages. `away`: at another page of the Authorization server,
 * such as the organizations. `form`: a page with a field for the code. `used_form`: a person has begun to use it. `prompt`: a page without
 * such a field that carries the code and asks to confirm it. `laptop`: a person at a laptop does what is done there.
 */
type PanePlace =
  | 'closed'
  | 'failed'
  | 'opening'
  | 'elsewhere'
  | 'signing_in'
  | 'away'
  | 'form'
  | 'used_form'
  | 'prompt'
  | 'laptop';

/**
 * What to do in this place before the current step can be done. `filled_in`: a field holds the code already. `not_there`: if the page
 * shows no such field after all.
 */
type StepHint = 'closed' | 'failed' | 'elsewhere' | 'signing_in' | 'away' | 'filled_in' | 'not_there' | 'laptop';

export interface Steps {
  readonly standings: Readonly<Record<StepId, StepStanding>>;
  readonly current: StepId;
  readonly hint: StepHint | null;
  /** The steps that a person does on the page to the right. Empty while no page is there. */
  readonly onTheRight: readonly StepId[];
  /** The steps that a person does at the laptop that helps this server. Empty without one. */
  readonly atTheLaptop: readonly StepId[];
  /** Is the current step one of those on the right or at the laptop? */
  readonly leadsRight: boolean;
  /** The step that offers to open the page for the code. Null if there is no code, or if a chosen device would be lost. */
  readonly opensCodePage: 'signIn' | 'userCode' | null;
  /** The step with the one primary button, while there is a code. Null if the next action is at a laptop. */
  readonly primary: 'signIn' | 'complete' | null;
}

const inThePane: readonly StepId[] = ['signIn', 'chooseDevice', 'authorize'];

export function panePlace({ open, failure, origin, isAuthorizationServer, page }: PaneView): PanePlace {
  if (!open) return 'closed';
  if (failure) return 'failed';
  if (origin === '') return 'opening';
  if (!isAuthorizationServer && !page.isVerification) return 'elsewhere';
  if (page.entry === 'sign_in') return 'signing_in';
  if (page.holdsCode && page.entry === 'none') return 'prompt';
  if (page.entry === 'none' && !page.isVerification) return 'away';
  return page.used ? 'used_form' : 'form';
}

/** A device may have been chosen in the page of the pane, also while the pane is closed or a notice hides the page. */
function mayHoldDevice({ isAuthorizationServer, page }: PaneView): boolean {
  const isForm = page.entry === 'text' || page.isVerification;
  return page.used && page.entry !== 'sign_in' && isForm && (isAuthorizationServer || page.isVerification);
}

/** The state of each step, and what the current one offers. The only place that decides what the steps claim. */
export function stepsOf(acquisition: AcquisitionState, pane: PaneView, isHelped = false): Steps {
  const place = isHelped ? 'laptop' : panePlace(pane);
  const current = currentStep(acquisition, place);
  const [signIn, chooseDevice, next, userCode, authorize, complete] = stepIds.map((step) =>
    step === current ? 'current' : standingOf(step, current, acquisition),
  ) as [StepStanding, StepStanding, StepStanding, StepStanding, StepStanding, StepStanding];
  const hasCode = acquisition.state === 'awaiting_authorization';
  // A notice in place of the page has its own buttons.
  const mayOpen = hasCode && !isHelped && !mayHoldDevice(pane) && place !== 'prompt' && place !== 'failed';
  const onTheRight = isHelped || place === 'closed' || place === 'failed' ? [] : inThePane;
  const opensCodePage = mayOpen ? (current === 'signIn' ? 'signIn' : 'userCode') : null;
  return {
    standings: { signIn, chooseDevice, next, userCode, authorize, complete },
    current,
    hint: hintOf(acquisition, pane, place),
    onTheRight,
    atTheLaptop: isHelped ? inThePane : [],
    leadsRight: onTheRight.includes(current),
    opensCodePage,
    primary: isHelped ? null : opensCodePage === 'signIn' || place === 'closed' ? 'signIn' : 'complete',
  };
}

function hintOf({ state }: AcquisitionState, { page }: PaneView, place: PanePlace): StepHint | null {
  if (state !== 'idle' && state !== 'awaiting_authorization') return null;
  switch (place) {
    case 'closed':
    case 'failed':
    case 'elsewhere':
    case 'signing_in':
      return place;
    case 'away':
      return state === 'idle' ? null : 'away';
    case 'form':
    case 'used_form':
      if (state === 'idle') return null;
      // Shown at the step where the code is entered, which follows the choice of the device.
      if (page.holdsCode) return place === 'used_form' ? 'filled_in' : null;
      return page.isVerification ? null : 'not_there';
    case 'laptop':
      return state === 'awaiting_authorization' ? 'laptop' : null;
    case 'opening':
    case 'prompt':
      return null;
  }
}

/** Whether the console is polling, and the server answers. */
export function completesByItself(acquisition: AcquisitionState): boolean {
  return acquisition.state === 'awaiting_authorization' && acquisition.poll.trouble === undefined;
}

function currentStep(acquisition: AcquisitionState, place: PanePlace): StepId {
  switch (acquisition.state) {
    case 'idle':
      return inPlace(place, 'next');
    case 'requesting_code':
      return 'next';
    case 'awaiting_authorization':
      return inPlace(place, 'authorize');
    case 'storing_license':
    case 'confirming_server':
      return 'complete';
    case 'failed':
      return failedStep(acquisition);
  }
}

/** The step that the page in the pane allows. `then`: once a person uses the form. */
function inPlace(place: PanePlace, then: 'next' | 'authorize'): StepId {
  if (place === 'form') return 'chooseDevice';
  return place === 'used_form' || place === 'prompt' || place === 'laptop' ? then : 'signIn';
}

function failedStep({ failure, userCode, authorized }: Extract<AcquisitionState, { state: 'failed' }>): StepId {
  if (userCode === undefined && !authorized) return 'next';
  if (failure.code === 'expired_token') return 'userCode';
  return failure.code === 'access_denied' ? 'authorize' : 'complete';
}

function standingOf(step: StepId, current: StepId, acquisition: AcquisitionState): StepStanding {
  if (happened(step, acquisition)) return 'done';
  const isInPane = step === 'signIn' || step === 'chooseDevice';
  switch (acquisition.state) {
    case 'idle':
      return isInPane || step === 'next' ? 'open' : 'later';
    case 'awaiting_authorization':
      // The code can be entered on a phone as well, so nothing has to wait for the pane.
      return step === 'authorize' && current !== 'chooseDevice' ? 'later' : 'open';
    case 'requesting_code':
    case 'failed':
      return isInPane ? 'open' : 'later';
    case 'storing_license':
    case 'confirming_server':
      return 'later';
  }
}

/** A tick means that it happened. Only the server's answer shows what a person did in the pane. */
function happened(step: StepId, acquisition: AcquisitionState): boolean {
  const { state } = acquisition;
  const isAuthorized = state === 'storing_license' || (state === 'failed' && acquisition.authorized === true);
  if (isAuthorized) return step !== 'complete';
  if (state === 'awaiting_authorization')
    return step === 'next' || (step === 'userCode' && acquisition.code.copied === true);
  if (state !== 'failed' || acquisition.userCode === undefined) return false;
  // Only somebody who has the code can deny it.
  return step === 'next' || (step === 'userCode' && acquisition.failure.code === 'access_denied');
}
