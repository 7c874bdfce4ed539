import type { ReactNode } from 'react';
import type { AcquisitionState } from '../../src-shared/acquisition-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { openPane } from '../authorization-pane/open-pane.ts';
import { send } from '../bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { Icon } from '../frame/Icon.tsx';
import { CompleteAuthorization } from './CompleteAuthorization.tsx';
import { ServerQuestion } from './ServerQuestion.tsx';
import { completesByItself, type StepId, type StepStanding, stepIds, stepStandings } from './step-standing.ts';
import { UserCodeCard } from './UserCodeCard.tsx';

const onTheRight: readonly StepId[] = ['signIn', 'chooseDevice', 'authorize'];

/** The six steps of acquiring a license, each with its controls. */
export function AcquisitionSteps({ again }: { readonly again: boolean }) {
  const { acquisition } = useConsole().state;
  if (acquisition.state === 'confirming_server') return <ServerQuestion difference={acquisition.difference} />;
  const standings = stepStandings(acquisition, again);
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
            standing={standings[step]}
            isAutomatic={step === 'complete' && completesByItself(acquisition)}
          >
            <StepContent step={step} standing={standings[step]} acquisition={acquisition} />
          </Step>
        ))}
      </ol>
    </section>
  );
}

interface StepProps {
  readonly step: StepId;
  readonly number: number;
  readonly standing: StepStanding;
  readonly isAutomatic: boolean;
  readonly children: ReactNode;
}

function Step({ step, number, standing, isAutomatic, children }: StepProps) {
  return (
    <li
      className="step"
      data-standing={standing}
      data-step={step}
      aria-current={standing === 'current' ? 'step' : undefined}
    >
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
        <p className="step-text">
          <StepSentence step={step} isAutomatic={isAutomatic} />
          {onTheRight.includes(step) ? (
            <span className="step-place">
              {words.acquisition.onTheRight}
              <Icon name="arrowRight" />
            </span>
          ) : null}
        </p>
        {children}
      </div>
    </li>
  );
}

function StepSentence({ step, isAutomatic }: Pick<StepProps, 'step' | 'isAutomatic'>) {
  const sentence = words.acquisition.steps[step];
  return (
    <span>
      {sentence.before}
      <b>{sentence.label}</b>
      {'between' in sentence ? (
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
  readonly standing: StepStanding;
  readonly acquisition: AcquisitionState;
}

function StepContent({ step, standing, acquisition }: StepContentProps) {
  if (acquisition.state === 'failed' && standing === 'current') return <FailedStep acquisition={acquisition} />;
  switch (step) {
    case 'signIn':
      return <OpenPaneButton />;
    case 'next':
      return <NextButton acquisition={acquisition} />;
    case 'userCode':
      return acquisition.state === 'awaiting_authorization' ? (
        <UserCodeCard key={acquisition.code.userCode} code={acquisition.code} />
      ) : null;
    case 'complete':
      return acquisition.state === 'awaiting_authorization' ? (
        <CompleteAuthorization code={acquisition.code} poll={acquisition.poll} />
      ) : acquisition.state === 'storing_license' ? (
        <p className="step-live">{words.acquisition.storing}</p>
      ) : null;
    case 'chooseDevice':
    case 'authorize':
      return null;
  }
}

function OpenPaneButton() {
  const { pane } = useConsole().state;
  if (pane.open) return null;
  return <Button onPress={openPane}>{words.license.openAuthorizationServer}</Button>;
}

function NextButton({ acquisition }: { readonly acquisition: AcquisitionState }) {
  if (acquisition.state !== 'idle' && acquisition.state !== 'requesting_code') return null;
  const asking = acquisition.state === 'requesting_code';
  return (
    <div className="step-actions">
      <Button look="primary" busy={asking} onPress={() => send('acquisition.start')}>
        {words.acquisition.next}
      </Button>
      {asking ? (
        <>
          <Button look="quiet" onPress={() => send('acquisition.cancel')}>
            {words.acquisition.cancel}
          </Button>
          <p className="step-live">{words.acquisition.askingForCode}</p>
        </>
      ) : null}
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
