import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { HelpTopic, Place } from '../../src-shared/window/place.ts';
import type { HelpAnswer } from '../../src-shared/words/english/help-answer-words.ts';
import { helpWords } from '../../src-shared/words/help-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Page } from '../frame/Page.tsx';
import { useCountSaid } from '../frame/search.ts';
import { SearchField } from '../controls/SearchField.tsx';
import { ComputerCheck } from './ComputerCheck.tsx';
import { ConnectionHelp } from './ConnectionHelp.tsx';
import { searchedTopics } from './help-search.ts';
import { SupportContact } from './SupportContact.tsx';
import { SupportActions } from './SupportActions.tsx';
import { SetClock } from './SetClock.tsx';
import { SystemSteps } from './SystemSteps.tsx';

/** The answers to questions. A search leaves out those that do not contain all of its words. */
export default function HelpPage({ place }: { readonly place: Place }) {
  const { topic } = place;
  const [asked, setAsked] = useState({ search: '', place });
  // A topic that a button leads to must be on the page.
  const search = asked.place === place ? asked.search : '';
  const setSearch = (next: string) => setAsked({ search: next, place });
  const field = useRef<HTMLInputElement>(null);
  const found = searchedTopics(search);
  const isSearched = search.trim() !== '';
  useCountSaid(found.length, search.trim(), helpWords.search.found);
  const showAll = () => {
    setSearch('');
    field.current?.focus();
  };
  return (
    <Page title={helpWords.pageTitle} breadcrumb={false} takesFocus={topic === undefined}>
      <SearchField
        name="help-search"
        label={helpWords.search.label}
        placeholder={helpWords.search.placeholder}
        value={search}
        onChange={setSearch}
        field={field}
      />
      {isSearched ? <p className="help-found">{helpWords.search.found(found.length)}</p> : null}
      {found.length === 0 ? <NothingFound onShowAll={showAll} /> : null}
      <nav className="help-topics help-questions" aria-label={words.frame.onThisPage}>
        {found.map((name) => (
          <a key={name} href={`#help-${name}`} onClick={(event) => openTopic(event, name)}>
            {helpWords[name].heading}
          </a>
        ))}
      </nav>
      {found.map((name) => (
        <Topic key={name} name={name} wanted={topic === name ? place : null}>
          {contentOf(name)}
        </Topic>
      ))}
    </Page>
  );
}

function NothingFound({ onShowAll }: { readonly onShowAll: () => void }) {
  return (
    <>
      <p>{helpWords.search.nothing}</p>
      <SupportContact />
      <SupportActions>
        <Button onPress={onShowAll}>{helpWords.search.showAll}</Button>
      </SupportActions>
    </>
  );
}

function contentOf(name: HelpTopic): ReactNode {
  switch (name) {
    case 'check':
      return <ComputerCheck />;
    case 'connection':
      return <ConnectionHelp />;
    case 'clock':
      return (
        <>
          <p>{helpWords.clock.why}</p>
          <SetClock />
          <SystemSteps systems={helpWords.clock.systems} />
          <p>{helpWords.clock.battery}</p>
        </>
      );
    case 'keychain':
      return (
        <>
          <p>{helpWords.keychain.why}</p>
          <SystemSteps systems={helpWords.keychain.systems} />
        </>
      );
    case 'own_authority':
      return (
        <>
          <p>{helpWords.own_authority.why}</p>
          <SystemSteps systems={helpWords.own_authority.systems} />
          <p>{helpWords.own_authority.caution}</p>
        </>
      );
    case 'background':
      return (
        <>
          <p>{helpWords.background.why}</p>
          <SystemSteps systems={helpWords.background.systems} />
          <p>{helpWords.background.keychain}</p>
        </>
      );
    case 'registers':
      return <RegistersHelp />;
    case 'saving':
      return <Steps steps={helpWords.saving.steps} />;
    case 'support':
      return <SupportHelp />;
    case 'keys':
      return <KeysHelp />;
    case 'expired':
    case 'token':
    case 'renewal':
    case 'user_code':
    case 'wrong_server':
    case 'new_pc':
    case 'proxy':
    case 'company_sign_in':
    case 'servers':
    case 'closing':
    case 'stored':
      return <Answer answer={helpWords[name]} />;
  }
}

function openTopic(event: { preventDefault: () => void }, name: HelpTopic): void {
  // The console's window never navigates, not even to a fragment.
  event.preventDefault();
  document.getElementById(`help-${name}`)?.focus();
}

interface TopicProps {
  readonly name: HelpTopic;
  /** A button led to this topic. */
  readonly wanted: Place | null;
  readonly children: ReactNode;
}

function Topic({ name, wanted, children }: TopicProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (wanted === null) return;
    heading.current?.scrollIntoView({ block: 'start' });
    heading.current?.focus();
  }, [wanted]);
  return (
    <section className="card page-card" aria-labelledby={`help-${name}`}>
      <h2 className="section-heading" id={`help-${name}`} tabIndex={-1} ref={heading}>
        {helpWords[name].heading}
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

function Answer({ answer }: { readonly answer: HelpAnswer }) {
  const { why, steps = [], also = [] } = answer;
  return (
    <>
      {why.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {steps.length > 0 ? <Steps steps={steps} /> : null}
      {also.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </>
  );
}

function RegistersHelp() {
  const { state, go } = useConsole();
  const { why, steps, notListed, open } = helpWords.registers;
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
  const { support } = helpWords;
  const { showAbout } = useConsole();
  return (
    <>
      <SupportContact />
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
    <dl className="fields">
      {helpWords.keys.rows.map(({ keys, does }) => (
        <div className="field" key={keys}>
          <dt>
            <kbd>{keys}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
