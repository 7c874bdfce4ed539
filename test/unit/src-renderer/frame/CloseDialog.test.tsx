import { expect, it } from 'vitest';
import { CloseDialog } from '../../../../src-renderer/frame/CloseDialog.tsx';
import { words } from '../../../../src-shared/words/words.ts';
import { drawn } from '../../../fakes/drawn.tsx';
import { consoleStates } from '../../../gallery/console-states.ts';

const { why, waiting, newLicenseWaits } = words.closing;

it.each([
  ['a User Code', 'awaiting', waiting],
  ['a new license that waits for an answer', 'another-device', newLicenseWaits],
  ['a license', 'licensed', why],
] as const)('names what quitting would do with %s', (_what, state, sentence) => {
  const page = drawn(consoleStates[state], <CloseDialog />);
  for (const one of [why, waiting, newLicenseWaits]) expect(page.includes(one), one).toBe(one === sentence);
});
