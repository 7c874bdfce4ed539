import type { ReactNode } from 'react';
import type { AcquisitionState } from '../../src-shared/license/acquisition-state.ts';
import { laptopOf, laptopTrouble, relays } from '../../src-shared/pairing/laptop-view.ts';
import { isChosenName } from '../../src-shared/servers/server-name.ts';
import { words } from '../../src-shared/words/words.ts';
import { OpenCodePage } from '../authorization-pane/OpenCodePage.tsx';
import { openPane } from '../authorization-pane/open-pane.ts';
import { send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Icon } from '../controls/Icon.tsx';
import { useKeyboardUsed } from '../frame/keyboard-used.ts';
import { UseLaptopButton } from '../laptop/UseLaptopButton.tsx';
import { AskHeadOffice } from './AskHeadOffice.tsx';
import { CompleteAuthorization } from './CompleteAuthorization.tsx';
import { ServerQuestion } from './ServerQuestion.tsx';
import { completesByItself, type StepId, type Steps, stepIds, stepsOf } from './step-standing.ts';
import { UserCodeCard } from './UserCodeCard.tsx';

/** The id of the sentence about the keyboard, which describes the controls of the current step. */
const byKeyboardId = 'steps-by-keyboard';

/** The six steps of acquiring a license, each with its controls. */
export function AcquisitionSteps({ again }: { readonly again: boolean }) {
  const { acquisition, laptop, pane, profile } = useConsole().state;
  const isHelped = laptopOf(laptop, profile?.id) !== null;
  const byKeyboard = useKeyboardUsed();
  if (acquisition.state === 'confirming_server') return <ServerQuestion difference={acquisition.difference} />;
  const steps = stepsOf(acquisition, pane, isHelped);
  const code = acquisition.state === 'awaiting_authorization' ? acquisition.code : null;
  const heading = again ? words.acquisition.headingAgain : words.acquisition.heading;
  return (
    <section className="steps-section" aria-labelledby="steps-heading">
      <div className="section-head">
        <h2 className="section-heading" id="steps-heading">
          {heading}
        </h2>
        {again ? <p className="section-note">{words.license.reacquireNote}</p> : null}
      </div>
      <ol className="steps" aria-label={words.acquisition.stepsLabel}>
        {stepIds.map((step, index) => (
          <Step
            key={step}
            step={step}
            number={index + 1}
            steps={steps}
            byKeyboard={byKeyboard}
            aside={code && step === 'userCode' ? <AskHeadOffice key={code.userCode} /> : null}
          >
            <StepContent step={step} steps={steps} acquisition={acquisition} />
          </Step>
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  readonly step: StepId;
  readonly number: number;
  readonly steps: Steps;
  /** Shows the key that leads to the page on the right. A screen reader always reads a sentence about it. */
  readonly byKeyboard: boolean;
  /** On the line of the sentence, at its end. */
  readonly aside: ReactNode;
  readonly children: ReactNode;
}

function Step({ step, number, steps, byKeyboard, aside, children }: StepProps) {
  const standing = steps.standings[step];
  const isCurrent = standing === 'current';
  return (
    <li className="step" data-standing={standing} data-step={step} aria-current={isCurrent ? 'step' : undefined}>
      <span className="step-mark">
        {standing === 'done' ? (
          <>
            <Icon name="check" />
            <span className="visually-hidden">{words.acquisition.stepDone}</span>
          </>
        ) : (
          number
        )}
      </span>
      <div className="step-body">
        <div className="step-line">
          <p className="step-text">
            <StepSentence step={step} />
            {steps.onTheRight.includes(step) && standing !== 'done' ? (
              <span className="step-place">
                {isCurrent && byKeyboard ? words.acquisition.onTheRightByF6 : words.acquisition.onTheRight}
                <Icon name="arrowRight" />
              </span>
            ) : steps.atTheLaptop.includes(step) && standing !== 'done' ? (
              <span className="step-place">{words.acquisition.atTheLaptop}</span>
            ) : null}
          </p>
          {aside}
        </div>
        {isCurrent && steps.hint ? (
          <p className="step-hint" data-hint={steps.hint}>
            {words.acquisition.hints[steps.hint]}
          </p>
        ) : null}
        {isCurrent && steps.leadsRight ? (
          <p className="visually-hidden" id={byKeyboardId}>
            {words.acquisition.byKeyboard}
          </p>
        ) : null}
        {children}
      </div>
    </li>
  );
}

/** The sentence of a step: texts with one or two labels in it. */
interface Sentence {
  readonly before: string;
  readonly label: string;
  readonly between?: string;
  readonly label2?: string;
  readonly after: string;
}

function StepSentence({ step }: Pick<StepProps, 'step'>) {
  const { acquisition, profile } = useConsole().state;
  const { serverName = '' } = profile ?? {};
  const isAutomatic = step === 'complete' && completesByItself(acquisition);
  const isNamed = step === 'chooseDevice' && isChosenName(serverName);
  const sentence: Sentence = isNamed ? words.acquisition.chooseNamedDevice(serverName) : words.acquisition.steps[step];
  return (
    <span>
      {sentence.before}
      <b>{sentence.label}</b>
      {sentence.between ? (
        <>
          {sentence.between}
          <b>{sentence.label2}</b>
        </>
      ) : null}
      {sentence.after}
      {isAutomatic ? ` ${words.acquisition.automatically}` : null}
    </span>
  );
}

interface StepContentProps {
  readonly step: StepId;
  readonly steps: Steps;
  readonly acquisition: AcquisitionState;
}

function StepContent({ step, steps, acquisition }: StepContentProps) {
  if (acquisition.state === 'failed' && steps.current === step) return <FailedStep acquisition={acquisition} />;
  const code = acquisition.state === 'awaiting_authorization' ? acquisition.code : null;
  const describedBy = steps.leadsRight ? byKeyboardId : undefined;
  switch (step) {
    case 'signIn':
      return code && steps.opensCodePage === step ? (
        <div className="step-actions">
          <OpenCodePage code={code} look="primary" />
        </div>
      ) : (
        steps.atTheLaptop.length === 0 && <OpenPaneButton isPrimary={code !== null} />
      );
    case 'next':
      return <NextButton acquisition={acquisition} describedBy={describedBy} />;
    case 'userCode':
      return (
        code && (
          <UserCodeCard
            key={code.userCode}
            code={code}
            opensPage={steps.opensCodePage === step}
            describedBy={describedBy}
          />
        )
      );
    case 'complete':
      return acquisition.state === 'awaiting_authorization' ? (
        <CompleteAuthorization
          code={acquisition.code}
          poll={acquisition.poll}
          look={steps.primary === step ? 'primary' : 'standard'}
        />
      ) : acquisition.state === 'storing_license' ? (
        <p className="step-live">{words.acquisition.storing}</p>
      ) : null;
    case 'chooseDevice':
    case 'authorize':
      return null;
  }
}

function OpenPaneButton({ isPrimary }: { readonly isPrimary: boolean }) {
  const { pane } = useConsole().state;
  if (pane.open) return null;
  return (
    <div className="step-actions">
      <Button look={isPrimary ? 'primary' : 'standard'} onPress={openPane}>
        {words.license.openAuthorizationServer}
      </Button>
    </div>
  );
}

interface NextButtonProps {
  readonly acquisition: AcquisitionState;
  readonly describedBy: string | undefined;
}

function NextButton({ acquisition, describedBy }: NextButtonProps) {
  const { laptop, profile } = useConsole().state;
  if (acquisition.state !== 'idle' && acquisition.state !== 'requesting_code') return null;
  const asking = acquisition.state === 'requesting_code';
  // Nothing is to be done here until the person at the laptop has confirmed the Authorization server.
  const paired = laptopOf(laptop, profile?.id);
  const waits = paired !== null && !relays(paired.way);
  // The laptop's card on this page offers it again, and says why.
  const isOnCard = laptop?.profileId === profile?.id && laptopTrouble(laptop) !== null;
  return (
    <div className="step-actions">
      <Button
        look={waits ? 'standard' : 'primary'}
        busy={asking}
        describedBy={describedBy}
        onPress={() => send('acquisition.start')}
      >
        {words.acquisition.next}
      </Button>
      {asking ? (
        <>
          <Button look="quiet" onPress={() => send('acquisition.cancel')}>
            {words.acquisition.cancel}
          </Button>
          <p className="step-live">{words.acquisition.askingForCode}</p>
        </>
      ) : (
        !isOnCard && <UseLaptopButton />
      )}
    </div>
  );
}

function FailedStep({ acquisition }: { readonly acquisition: Extract<AcquisitionState, { state: 'failed' }> }) {
  const { failure, userCode } = acquisition;
  return (
    <FailureNotice
      failure={failure}
      context={userCode === undefined ? {} : { userCode }}
      takesFocus
      retry={() => send('acquisition.start')}
    />
  );
}
