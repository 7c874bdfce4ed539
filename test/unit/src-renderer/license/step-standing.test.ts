import { describe, expect, test } from 'vitest';
import { type StepId, stepIds, stepsOf } from '../../../../src-renderer/license/step-standing.ts';
import type { AcquisitionState } from '../../../../src-shared/license/acquisition-state.ts';
import type { PaneView } from '../../../../src-shared/window/console-state.ts';
import { failure } from '../../../../src-shared/result.ts';
import { words } from '../../../../src-shared/words/words.ts';
import { consoleStateOf, consoleStates } from '../../../gallery/console-states.ts';

function stepsIn(name: string) {
  const { acquisition, laptop, pane } = consoleStateOf(name);
  return stepsOf(acquisition, pane, laptop?.state === 'paired');
}

const standingsOf = (name: string): string => stepIds.map((step) => stepsIn(name).standings[step]).join(' ');

describe('the state of each of the six steps', () => {
  test.each([
    ['not-licensed', 'current open open later later later'],
    ['not-licensed-pane-closed', 'current open open later later later'],
    ['choosing-device', 'open current open later later later'],
    ['device-chosen', 'open open current later later later'],
    ['requesting-code', 'open open current later later later'],
    ['awaiting', 'open open done done current open'],
    ['awaiting-closed', 'current open done done later open'],
    ['awaiting-signed-out', 'current open done done later open'],
    ['awaiting-away', 'current open done done later open'],
    ['awaiting-elsewhere', 'current open done done later open'],
    ['awaiting-filled-in', 'open current done done open open'],
    ['confirming', 'open open done done current open'],
    ['expired-reacquiring', 'open open done done current open'],
    ['storing', 'done done done done done current'],
    ['code-expired', 'open open done current later later'],
    ['denied', 'open open done done current later'],
    ['wrong-device', 'done done done done done current'],
    ['no-connection', 'open open current later later later'],
    ['laptop-paired', 'open open current later later later'],
    ['laptop-awaiting', 'open open done done current open'],
  ])('%s: %s', (name, expected) => {
    expect(standingsOf(name)).toBe(expected);
  });

  test.each([
    ['not-licensed', null, null],
    ['not-licensed-pane-closed', 'closed', null],
    ['awaiting', 'not_there', null],
    ['awaiting-closed', 'closed', 'signIn'],
    ['awaiting-device-chosen-closed', 'closed', null],
    ['awaiting-signed-out', 'signing_in', 'signIn'],
    ['awaiting-away', 'away', 'signIn'],
    ['awaiting-elsewhere', 'elsewhere', 'signIn'],
    ['awaiting-filled-in', null, 'userCode'],
    ['awaiting-device-chosen-filled-in', 'filled_in', null],
    ['confirming', null, null],
    ['start-page-missing-awaiting', 'failed', null],
    ['storing', null, null],
  ])('%s: the hint is %s, and the page for the code is offered in %s', (name, hint, opensCodePage) => {
    expect(stepsIn(name)).toMatchObject({ hint, opensCodePage });
  });
});

/** Every acquisition with every pane, including rare combinations. */
const known = Object.values(consoleStates).map(({ acquisition }): AcquisitionState => acquisition);
const acquisitions: readonly AcquisitionState[] = [
  ...known,
  ...known.flatMap((acquisition): AcquisitionState[] => {
    if (acquisition.state !== 'awaiting_authorization') return [];
    const { copied: _, ...code } = acquisition.code;
    return [{ ...acquisition, code }];
  }),
  { state: 'failed' as const, failure: failure('secret_store_locked'), authorized: true as const },
  { state: 'failed' as const, failure: failure('invalid_client'), userCode: 'WDJB-MJHT' },
].filter((one, index, all) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === index);

const yesOrNo = [true, false];
const panes: readonly PaneView[] = yesOrNo.flatMap((open) =>
  yesOrNo.flatMap((fails) =>
    yesOrNo.flatMap((isAuthorizationServer) =>
      ['', 'https://shown.example.com'].flatMap((origin) =>
        pagesOfPane({ open, fails, isAuthorizationServer, origin }),
      ),
    ),
  ),
);

function pagesOfPane(of: {
  open: boolean;
  fails: boolean;
  isAuthorizationServer: boolean;
  origin: string;
}): PaneView[] {
  const { open, fails, isAuthorizationServer, origin } = of;
  return yesOrNo.flatMap((isVerification) =>
    (['none', 'sign_in', 'text'] as const).flatMap((entry) =>
      yesOrNo.flatMap((holdsCode) =>
        yesOrNo.map((used) => ({
          ...consoleStateOf('not-licensed').pane,
          open,
          origin,
          isAuthorizationServer,
          failure: fails ? failure('page_hangs') : null,
          page: { isVerification, entry, holdsCode, used },
        })),
      ),
    ),
  );
}

/** The claims that do not hold for one acquisition with one pane. */
function falseClaims(acquisition: AcquisitionState, pane: PaneView): string[] {
  const { state } = acquisition;
  const isAuthorized = state === 'storing_license' || (state === 'failed' && acquisition.authorized === true);
  const code = state === 'awaiting_authorization' ? acquisition.code : null;
  const { standings, current, hint, onTheRight, leadsRight, opensCodePage } = stepsOf(acquisition, pane);
  const { page } = pane;
  const isDone = (step: StepId) => standings[step] === 'done';
  const isThere = pane.open && pane.failure === null;
  const isItsPage = pane.isAuthorizationServer || page.isVerification;
  const takesCode = page.entry === 'text' || (page.entry === 'none' && (page.isVerification || page.holdsCode));
  const mayHaveChosen =
    isItsPage && page.used && page.entry !== 'sign_in' && (page.entry === 'text' || page.isVerification);
  const hintWords = hint === null ? '' : words.acquisition.hints[hint];
  const claims: Record<string, boolean> = {
    'one step is current': stepIds.filter((step) => standings[step] === 'current').join() === current,
    'what is done in the pane is ticked only once the server said so':
      isAuthorized || !['signIn', 'chooseDevice', 'authorize'].some((step) => isDone(step as StepId)),
    'the code is ticked once it was copied': code === null || isDone('userCode') === (code.copied === true),
    'nothing is ticked before there is a code':
      (state !== 'idle' && state !== 'requesting_code') || !stepIds.some((step) => isDone(step)),
    'the last step is never ticked': !isDone('complete'),
    'nothing is on the right without a page there': isThere || onTheRight.length === 0,
    'F6 leads to the right only at a step that is there': leadsRight === (isThere && onTheRight.includes(current)),
    'no hint speaks of the right without a pane': pane.open || !hintWords.includes('on the right'),
    'the code is pasted only where it can be':
      code === null || current !== 'authorize' || (isThere && pane.origin !== '' && isItsPage && takesCode),
    'the page for the code is not offered without a code': code !== null || opensCodePage === null,
    'no chosen device is lost': !mayHaveChosen || opensCodePage === null,
    'before that the page for the code is offered':
      code === null || mayHaveChosen || page.holdsCode || (pane.open && !isThere) || opensCodePage !== null,
  };
  return Object.keys(claims).filter((claim) => claims[claim] === false);
}

describe('the steps claim nothing false, for any state of acquisition and pane', () => {
  test.each(acquisitions.map((acquisition) => [acquisition.state, acquisition] as const))('%s', (_, acquisition) => {
    const wrong = panes.flatMap((pane) =>
      falseClaims(acquisition, pane).map((claim) => `${claim}: ${JSON.stringify({ acquisition, pane })}`),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test('all combinations are tested', () => {
    expect(acquisitions.length).toBeGreaterThan(15);
    expect(panes).toHaveLength(384);
  });
});

describe('while a laptop helps the server', () => {
  test('the steps on the page are for the person at the laptop, and no page opens here', () => {
    const steps = stepsIn('laptop-awaiting');
    expect(steps.atTheLaptop).toEqual(['signIn', 'chooseDevice', 'authorize']);
    expect(steps).toMatchObject({ onTheRight: [], opensCodePage: null, hint: 'laptop', primary: null });
  });

  test('before there is a code, the steps say where they are done, and nothing more', () => {
    expect(stepsIn('laptop-paired').hint).toBeNull();
  });

  test('no step is at a laptop without one', () => {
    expect(stepsIn('awaiting').atTheLaptop).toEqual([]);
  });
});
