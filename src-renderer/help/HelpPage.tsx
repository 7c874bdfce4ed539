import { type ReactNode, useEffect, useRef } from 'react';
import type { HelpTopic } from '../../src-shared/place.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { Page } from '../frame/Page.tsx';
import { ConnectionHelp } from './ConnectionHelp.tsx';
import { SupportActions } from './SupportActions.tsx';
import { SystemSteps } from './SystemSteps.tsx';

const topics: readonly HelpTopic[] = [
  'connection',
  'clock',
  'keychain',
  'background',
  'registers',
  'saving',
  'support',
];

export default function HelpPage({ topic }: { readonly topic: HelpTopic | undefined }) {
  return (
    <Page title={words.help.pageTitle} breadcrumb={false} takesFocus={topic === undefined}>
      <nav className="help-topics" aria-label={words.help.onThisPage}>
        {topics.map((name) => (
          <a key={name} href={`#help-${name}`} onClick={(event) => openTopic(event, name)}>
            {words.help[name].heading}
          </a>
        ))}
      </nav>
      <Topic name="connection" wanted={topic}>
        <ConnectionHelp />
      </Topic>
      <Topic name="clock" wanted={topic}>
        <p>{words.help.clock.why}</p>
        <SystemSteps systems={words.help.clock.systems} />
        <p>{words.help.clock.battery}</p>
      </Topic>
      <Topic name="keychain" wanted={topic}>
        <p>{words.help.keychain.why}</p>
        <SystemSteps systems={words.help.keychain.systems} />
      </Topic>
      <Topic name="background" wanted={topic}>
        <p>{words.help.background.why}</p>
        <SystemSteps systems={words.help.background.systems} />
        <p>{words.help.background.keychain}</p>
      </Topic>
      <Topic name="registers" wanted={topic}>
        <RegistersHelp />
      </Topic>
      <Topic name="saving" wanted={topic}>
        <Steps steps={words.help.saving.steps} />
      </Topic>
      <Topic name="support" wanted={topic}>
        <SupportHelp />
      </Topic>
      <KeysHelp />
    </Page>
  );
}

function openTopic(event: { preventDefault: () => void }, name: HelpTopic): void {
  // The console's window never navigates, not even to a fragment.
  event.preventDefault();
  document.getElementById(`help-${name}`)?.focus();
}

interface TopicProps {
  readonly name: HelpTopic;
  readonly wanted: HelpTopic | undefined;
  readonly children: ReactNode;
}

function Topic({ name, wanted, children }: TopicProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted !== name) return;
    heading.current?.scrollIntoView({ block: 'start' });
    heading.current?.focus();
  }, [wanted, name]);
  return (
    <section className="card help-topic" aria-labelledby={`help-${name}`}>
      <h2 className="section-heading" id={`help-${name}`} tabIndex={-1} ref={heading}>
        {words.help[name].heading}
      </h2>
      {children}
    </section>
  );
}

function Steps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol className="help-steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

function RegistersHelp() {
  const { state, go } = useConsole();
  const { why, steps, notListed, open } = words.help.registers;
  return (
    <>
      <p>{why}</p>
      <Steps steps={steps} />
      <p>{notListed}</p>
      {state.profile ? (
        <div className="step-actions">
          <Button onPress={() => go({ page: 'registers' })}>{open}</Button>
        </div>
      ) : null}
    </>
  );
}

function SupportHelp() {
  const { support } = words.help;
  const { showAbout } = useConsole();
  return (
    <>
      <p>{support.nothingByItself}</p>
      <p>{support.contains}:</p>
      <ul className="help-steps">
        {support.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <p>{support.never}</p>
      <SupportActions>
        <Button onPress={showAbout}>{words.about.open}</Button>
      </SupportActions>
    </>
  );
}

function KeysHelp() {
  return (
    <section className="card help-topic" aria-labelledby="help-keys">
      <h2 className="section-heading" id="help-keys">
        {words.help.keys.heading}
      </h2>
      <dl className="fields">
        {words.help.keys.rows.map(({ keys, does }) => (
          <div className="field" key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
