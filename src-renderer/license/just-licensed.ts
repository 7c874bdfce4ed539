import { useState } from 'react';
import type { ConsoleState } from '../../src-shared/console-state.ts';

/** What was held when the steps began, while they are under way, and whether they have just ended in a license. */
export interface AcquisitionStory {
  readonly began: { readonly issuedAt: number | undefined } | null;
  readonly justLicensed: boolean;
}

export const noStory: AcquisitionStory = { began: null, justLicensed: false };

/** The story after one more snapshot; the same object where nothing in it changed. */
export function continueStory(story: AcquisitionStory, { acquisition, license }: ConsoleState): AcquisitionStory {
  const issuedAt = license?.details.tokenIssuedAt;
  if (acquisition.state !== 'idle') return story.began ? story : { began: { issuedAt }, justLicensed: false };
  if (!story.began) return story;
  return { began: null, justLicensed: issuedAt !== undefined && issuedAt !== story.began.issuedAt };
}

/** Did the steps just end in a license? The page then says so, until it is left or new steps begin. */
export function useJustLicensed(state: ConsoleState): boolean {
  const [story, setStory] = useState(noStory);
  const continued = continueStory(story, state);
  if (continued !== story) setStory(continued);
  return continued.justLicensed;
}
