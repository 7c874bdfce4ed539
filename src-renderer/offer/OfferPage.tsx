import type { HelpView } from '../../src-shared/pairing.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { failureOf } from '../frame/failure-of.ts';
import { Page } from '../frame/Page.tsx';
import { toast } from '../frame/toast.ts';
import { HelpedServers } from './HelpedServers.tsx';
import { PairingCode } from './PairingCode.tsx';
import { nextForPerson } from './row-state.ts';

/** Helps servers without internet get licensed: what to enter at the next one, and a row for each that has connected. */
export default function OfferPage({ takesFocus }: { readonly takesFocus: boolean }) {
  const { help } = useConsole().state;
  const ends = help?.state === 'open' ? <Button onPress={() => send('help.end')}>{words.offer.end}</Button> : null;
  return (
    <Page
      inWorkspace
      title={words.offer.pageTitle}
      breadcrumb={false}
      takesFocus={takesFocus}
      {...(ends ? { aside: ends } : {})}
    >
      {help === null ? <BeforeStart /> : help.state === 'ended' ? <Ended help={help} /> : <Open help={help} />}
    </Page>
  );
}

async function start(): Promise<void> {
  const started = await call('help.start');
  if (!started.ok) toast(started, '');
}

function BeforeStart() {
  const { lede, steps, start: label } = words.offer;
  return (
    <>
      <p className="lede">{lede}</p>
      <ol className="help-steps">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="step-actions">
        <Button look="primary" onPress={() => void start()}>
          {label}
        </Button>
      </div>
    </>
  );
}

function Ended({ help: { end = 'person', failureCode } }: { readonly help: HelpView }) {
  const { ended, endedMeaning, startAgain, close } = words.offer;
  const actions = (
    <>
      <Button look="primary" onPress={() => void start()}>
        {startAgain}
      </Button>
      <Button onPress={() => send('help.dismiss')}>{close}</Button>
    </>
  );
  if (end === 'failed') return <FailureNotice failure={failureOf(failureCode ?? '')} action={actions} />;
  return (
    <Notice
      tone={end === 'wrong_codes' ? 'caution' : 'info'}
      headline={ended(end)}
      meaning={endedMeaning}
      actions={actions}
    />
  );
}

/** What needs the person now comes first. */
function Open({ help }: { readonly help: HelpView }) {
  const { at } = useConsole().state;
  const isAsked = nextForPerson(help.servers, at) !== undefined;
  const code = <PairingCode key="code" help={help} />;
  const servers = <HelpedServers key="servers" servers={help.servers} />;
  return isAsked ? [servers, code] : [code, servers];
}
