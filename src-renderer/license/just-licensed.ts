import { useState } from 'react';
import type { ConsoleState } from '../../src-shared/console-state.ts';

/** The license at the beginning of the steps, while they are in progress, and whether they just ended with a new license. */
export interface AcquisitionStory {
  readonly began: { readonly issuedAt: number | undefined } | null;
  readonly justLicensed: boolean;
}

export const noStory: AcquisitionStory = { began: null, justLicensed: false };

/** The story after one more snapshot. The same object if nothing changed. */
export function continueStory(story: AcquisitionStory, { acquisition, license }: ConsoleState): AcquisitionStory {
  const issuedAt = license?.details.tokenIssuedAt;
  if (acquisition.state !== 'idle') return story.began ? story : { began: { issuedAt }, justLicensed: false };
  if (!story.began) return story;
  return { began: null, justLicensed: issuedAt !== undefined && issuedAt !== story.began.issuedAt };
}

/** Whether the steps just ended with a license. The page says so until the person leaves it or new steps begin. */
export function useJustLicensed(state: ConsoleState): boolean {
  const [story, setStory] = useState(noStory);
  const continued = continueStory(story, state);
  if (continued !== story) setStory(continued);
  return continued.justLicensed;
}
