import type { Notice as ConsoleNotice } from '../../src-shared/window/console-state.ts';
import { type LocalApiTrouble, type LocalApiView, localApiTrouble } from '../../src-shared/registers/local-api-view.ts';
import type { PeersView } from '../../src-shared/registers/peer-verdict.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { type Ask, askOnce, useMainRead } from '../state/main-read.ts';
import { Page } from '../frame/Page.tsx';
import { askWhileInSight } from '../state/while-in-sight.ts';
import { NoticeBar } from '../controls/NoticeBar.tsx';
import { ClientsCard, clientsHeadingId } from './ClientsCard.tsx';
import { apiHeadingId, focusApiFailure, LocalApiCard } from './LocalApiCard.tsx';
import { type LocalApiChange, useLocalApiChange } from './local-api-change.ts';
import { SeenLately } from './SeenLately.tsx';

const isOfClients = ({ id }: ConsoleNotice) => id.startsWith('api_clients_');

/** How often the peers are read again while the page is visible. The main process sends no event for a new peer. */
const peersReadEveryMs = 3000;

const askLocalApi = askOnce(() => call('local_api.read'));
const askPeers: Ask<PeersView> = (take) => askWhileInSight(document, peersReadEveryMs, () => call('peers.read'), take);

/** Shows which registers and servers are trusted, and which programs may ask. */
export default function RegistersPage() {
  const { state, go } = useConsole();
  const { read, again } = useMainRead(askLocalApi, state.localApiRevision);
  const toHelp = (
    <Button look="quiet" onPress={() => go({ page: 'help', topic: 'registers' })}>
      {words.peers.help}
    </Button>
  );
  return (
    <Page title={words.peers.pageTitle} breadcrumb={false} takesFocus aside={toHelp}>
      <NoticeBar notices={state.notices.filter(isOfClients)} />
      {state.license ? null : (
        <Notice
          tone="caution"
          {...words.peers.notLicensed}
          actions={<Button onPress={() => go({ page: 'license' })}>{words.peers.notLicensed.action}</Button>}
        />
      )}
      {read === null ? null : read.ok ? (
        <ReadRegisters key={state.profile?.id} view={read.value} />
      ) : (
        <FailureNotice failure={read.failure} retry={again} />
      )}
    </Page>
  );
}

function ReadRegisters({ view }: { readonly view: LocalApiView }) {
  const peers = useMainRead(askPeers);
  const changes = useLocalApiChange();
  const { createClient } = useConsole();
  const trouble = localApiTrouble(view);
  const seen = peers.read?.ok ? peers.read.value.peers.length : 0;
  const isFarBelow = seen > 0;
  return (
    <>
      {seen > longList ? <OnThisPage /> : null}
      {trouble && isFarBelow ? <ApiDown trouble={trouble} /> : null}
      {isFarBelow ? <NobodyNow view={view} changes={changes} onCreate={createClient} /> : null}
      {peers.read === null ? null : peers.read.ok ? (
        <SeenLately
          view={peers.read.value}
          empty={<NobodyYet view={view} changes={changes} onCreate={createClient} />}
        />
      ) : (
        <FailureNotice failure={peers.read.failure} retry={peers.again} />
      )}
      <LocalApiCard view={view} changes={changes} />
      <ClientsCard clients={view.clients} onCreate={createClient} />
    </>
  );
}

/** With more entries than this, the content below the list is out of sight and many Tab presses away. */
const longList = 8;

function OnThisPage() {
  const parts = [
    { id: apiHeadingId, heading: words.localApi.heading },
    { id: clientsHeadingId, heading: words.clients.heading },
  ];
  return (
    <nav className="help-topics" aria-label={words.frame.onThisPage}>
      {parts.map(({ id, heading }) => (
        <a
          key={id}
          href={`#${id}`}
          onClick={(event) => {
            // The console's window never navigates, not even to a fragment.
            event.preventDefault();
            document.getElementById(id)?.focus();
            document.getElementById(id)?.scrollIntoView();
          }}
        >
          {heading}
        </a>
      ))}
    </nav>
  );
}

/** A notice above a list that may be long: something below the list is wrong, with a link to it. */
function ApiDown({ trouble }: { readonly trouble: LocalApiTrouble }) {
  const { headline, meaning, action } = words.peers.apiDown;
  return (
    <Notice
      tone={trouble.tone}
      headline={headline}
      meaning={meaning(words.failureWords(trouble.failure).headline)}
      actions={
        <Button look="primary" onPress={focusApiFailure}>
          {action}
        </Button>
      }
    />
  );
}

interface NobodyYetProps {
  readonly view: LocalApiView;
  readonly changes: LocalApiChange;
  readonly onCreate: () => void;
}

/** Why no peer can be verified. `nobody`: peers can be verified, but none has connected yet. */
function whyNobody({ settings, state, clients }: LocalApiView): keyof typeof words.peers.empty {
  if (!settings.on) return 'off';
  if (state === 'failed') return 'notListening';
  return clients.length > 0 ? 'nobody' : 'noClients';
}

/** Why the list is empty, and the one action that would change that. */
function NobodyYet(props: NobodyYetProps) {
  const { headline, meaning } = words.peers.empty[whyNobody(props.view)];
  return (
    <div className="registers-empty">
      <p className="registers-empty-headline">{headline}</p>
      <p className="section-note">{meaning}</p>
      <WhatHelps {...props} />
    </div>
  );
}

/** A notice above the list of earlier peers: none can be verified now. {@link ApiDown} shows failures instead. */
function NobodyNow(props: NobodyYetProps) {
  const why = whyNobody(props.view);
  if (why !== 'off' && why !== 'noClients') return null;
  const { headline, since } = words.peers.empty[why];
  return <Notice tone="caution" headline={headline} meaning={since} actions={<WhatHelps {...props} />} />;
}

function WhatHelps({ view, changes, onCreate }: NobodyYetProps) {
  const { empty } = words.peers;
  const { settings } = view;
  const why = whyNobody(view);
  if (why === 'off') {
    const switchOn = () => changes.change({ ...settings, on: true }, words.localApi.switchedOn);
    return (
      <Button look="primary" busy={changes.changing} onPress={switchOn}>
        {empty.off.action}
      </Button>
    );
  }
  if (why !== 'noClients') return null;
  return (
    <Button look="primary" icon="plus" onPress={onCreate}>
      {empty.noClients.action}
    </Button>
  );
}
