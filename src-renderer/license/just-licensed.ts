import { useState } from 'react';
import type { ConsoleState } from '../../src-shared/window/console-state.ts';
import { shownStatus } from '../../src-shared/license/shown-status.ts';
import { statusTone } from '../../src-shared/license/status-tone.ts';
import { attentionsOf } from './attention.ts';
import { endsMoment } from '../state/moment.ts';

/** The license at the beginning of the steps, while they are in progress, and the snapshot in which they ended with a new one. */
export interface AcquisitionStory {
  readonly began: { readonly profileId: string | undefined; readonly issuedAt: number | undefined } | null;
  readonly licensedIn: ConsoleState | null;
}

export const noStory: AcquisitionStory = { began: null, licensedIn: null };

/** The state after one more snapshot. The same object if nothing changed. */
export function continueStory(story: AcquisitionStory, state: ConsoleState): AcquisitionStory {
  const { acquisition, license, profile } = state;
  const issuedAt = license?.details.tokenIssuedAt;
  const began = story.began?.profileId === profile?.id ? story.began : null;
  if (acquisition.state !== 'idle') {
    // A refresh while the steps are open brings a new token, but not a new license.
    const isKnown = began && (began.issuedAt === issuedAt || acquisition.state === 'storing_license');
    return isKnown ? story : { began: { profileId: profile?.id, issuedAt }, licensedIn: null };
  }
  if (began) {
    const isNew = issuedAt !== undefined && issuedAt !== began.issuedAt;
    return { began: null, licensedIn: isNew && allIsWell(state) ? state : null };
  }
  const ended = story.licensedIn !== null && (endsMoment(story.licensedIn, state) || !allIsWell(state));
  return ended || story.began ? noStory : story;
}

/** The page does not say that all is done if the license still needs attention. */
function allIsWell(state: ConsoleState): boolean {
  const isGood = statusTone(shownStatus(state), state.license) === 'good';
  return isGood && attentionsOf(state).every(({ tone }) => tone === 'info');
}

/** Whether the steps just ended with a license. The page says so until the person leaves it or the message ends. */
export function useJustLicensed(state: ConsoleState): boolean {
  const [story, setStory] = useState(noStory);
  const continued = continueStory(story, state);
  if (continued !== story) setStory(continued);
  return continued.licensedIn !== null;
}
