import { useEffect, useRef } from 'react';
import type { HelpedServer, OfferView } from '../../src-shared/pairing/pairing.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { failureOf } from '../state/failure-of.ts';
import { Page } from '../frame/Page.tsx';
import { HelpedServers } from './HelpedServers.tsx';
import { PairingCode } from './PairingCode.tsx';
import { rowState, waitsForPerson } from './row-state.ts';

/** Helps servers without internet get licensed: what to enter at the next one, and a row for each that has connected. */
export default function OfferPage({ takesFocus }: { readonly takesFocus: boolean }) {
  const { offer, paneHelps } = useConsole().state;
  const isOver = offer?.state !== 'open' && paneHelps !== null;
  useEffect(() => {
    if (isOver) send('offer.leave_pane');
  }, [isOver]);
  const ends = offer?.state === 'open' ? <Button onPress={() => send('offer.end')}>{words.offer.end}</Button> : null;
  return (
    <Page
      inWorkspace
      title={words.offer.pageTitle}
      breadcrumb={false}
      takesFocus={takesFocus}
      {...(ends ? { aside: ends } : {})}
    >
      {offer === null ? <BeforeStart /> : offer.state === 'ended' ? <Ended offer={offer} /> : <Open offer={offer} />}
    </Page>
  );
}

/** If that fails, the page says why. */
const start = () => send('offer.start');

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
        <Button look="primary" onPress={start}>
          {label}
        </Button>
      </div>
    </>
  );
}

function Ended({ offer: { end = 'person', failureCode, wrongFrom } }: { readonly offer: OfferView }) {
  const { ended, endedMeaning, startAgain, close } = words.offer;
  const actions = (
    <>
      <Button look="primary" onPress={start}>
        {startAgain}
      </Button>
      <Button onPress={() => send('offer.dismiss')}>{close}</Button>
    </>
  );
  if (end === 'failed') return <FailureNotice failure={failureOf(failureCode ?? '')} action={actions} />;
  return (
    <Notice
      tone={end === 'wrong_codes' ? 'caution' : 'info'}
      headline={ended(end, wrongFrom)}
      meaning={endedMeaning}
      actions={actions}
    />
  );
}

/** Servers that wait for the person come first, then what to enter at the next server. */
function Open({ offer: { servers, ...offer } }: { readonly offer: OfferView }) {
  const { at } = useConsole().state;
  useStandingsSaid(servers, at);
  const asked = servers.filter((server) => waitsForPerson(server, at));
  const others = servers.filter((server) => !asked.includes(server));
  return (
    <>
      <HelpedServers heading={words.offer.waiting} servers={asked} isNext />
      <PairingCode offer={{ ...offer, servers }} />
      {servers.length === 0 ? <p className="section-note">{words.offer.noServer}</p> : null}
      {offer.port === undefined ? null : <Obstacles port={offer.port} isFirst={servers.length === 0} />}
      <HelpedServers heading={words.offer.servers} servers={others} />
    </>
  );
}

interface ObstaclesProps {
  readonly port: number;
  /** No server has connected yet. */
  readonly isFirst: boolean;
}

/** What may keep a server from connecting. It stays on the page, closed, once one has: the next one may be in another network. */
function Obstacles({ port, isFirst }: ObstaclesProps) {
  return (
    <details className="offer-obstacles" open={isFirst}>
      <summary>{words.offer.cannotConnect}</summary>
      <ul>
        {words.offer.obstacles(port).map((obstacle) => (
          <li key={obstacle}>{obstacle}</li>
        ))}
      </ul>
    </details>
  );
}

/** What a screen reader announces about a server: that it waits for the person, or is licensed. */
function standingOf(server: HelpedServer, at: number): string | null {
  if (waitsForPerson(server, at)) return words.offer.waiting;
  return rowState(server, at) === 'licensed' ? words.offer.licensed : null;
}

/** Announces to a screen reader which server has begun to wait for the person, and which one has just been licensed. */
function useStandingsSaid(servers: readonly HelpedServer[], at: number): void {
  const standings = new Map(servers.map((server) => [server.id, standingOf(server, at)]));
  const said = useRef<ReadonlyMap<string, string | null>>(standings);
  useEffect(() => {
    for (const { id, report } of servers) {
      const now = standings.get(id) ?? null;
      if (now !== null && now !== said.current.get(id))
        announce(`${report?.serverName ?? words.offer.unnamed}: ${now}`);
    }
    said.current = standings;
  });
}
