import { type ReactNode, useState } from 'react';
import { hostOfIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import type { PaneView } from '../../src-shared/window/console-state.ts';
import type { IconName } from '../../src-shared/window/icon-shapes.ts';
import type { HelpedServer, ServerReport } from '../../src-shared/pairing/pairing.ts';
import { fieldLabels } from '../../src-shared/words/english/license-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { CopyButton } from '../controls/CopyButton.tsx';
import { useElapsedMs } from '../state/elapsed-time.ts';
import { failureOf } from '../state/failure-of.ts';
import { Icon } from '../controls/Icon.tsx';
import { toast } from '../state/toast.ts';
import { panePlace } from '../license/step-standing.ts';
import { userCodeGroups } from '../license/user-code-groups.ts';
import { IssuerQuestion } from './IssuerQuestion.tsx';
import { type RowState, rowState, secondsLeft } from './row-state.ts';

interface HelpedServerRowProps {
  readonly server: HelpedServer;
  /** This server is the next one that needs an action of the person. */
  readonly isNext: boolean;
}

const icons: Partial<Record<RowState, IconName>> = { licensed: 'good', lost: 'warning', issuer_failed: 'warning' };
const tones: Partial<Record<RowState, string>> = { licensed: 'good', lost: 'caution', issuer_failed: 'caution' };

/** A paired server: its name, what it needs now, and its connections through this computer. */
export function HelpedServerRow({ server, isNext }: HelpedServerRowProps) {
  const now = useConsole().state.at + useElapsedMs(1000);
  const state = rowState(server, now);
  const { report } = server;
  const name = report?.serverName ?? words.offer.unnamed;
  return (
    <li className="card helped-server" data-row-state={state} data-tone={tones[state]} aria-label={name}>
      <div className="peer-head">
        <Icon name={icons[state] ?? 'computer'} />
        <h3 className="peer-name">{name}</h3>
        {report ? <span className="badge">{words.frame.editions[report.edition]}</span> : null}
        {state === 'licensed' ? <b className="helped-licensed">{words.offer.licensed}</b> : null}
        {state === 'left' ? null : <Disconnect id={server.id} name={name} />}
      </div>
      <p className="helped-words">
        {words.offer.words} <b data-testid="helped-words">{server.words.join(' ')}</b>
      </p>
      <RowContent server={server} name={name} state={state} now={now} isNext={isNext} />
      {server.relayed.length > 0 ? <Relayed server={server} /> : null}
    </li>
  );
}

/** Ends the pairing with this server. It can be paired again with the next code. */
function Disconnect({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <span className="helped-disconnect">
      <Button look="quiet" label={words.offer.disconnectServer(name)} onPress={() => send('offer.disconnect', { id })}>
        {words.offer.disconnect}
      </Button>
    </span>
  );
}

interface RowContentProps extends HelpedServerRowProps {
  readonly name: string;
  readonly state: RowState;
  readonly now: number;
}

function RowContent({ server, name, state, now, isNext }: RowContentProps): ReactNode {
  const { report, issuer } = server;
  if (state === 'lost' || state === 'left') return <p className="step-live">{words.offer[state]}</p>;
  if (report === null) return <p className="step-live">{words.offer.waitsForReport}</p>;
  switch (state) {
    case 'question':
    case 'refused':
      return (
        <IssuerQuestion
          key={report.issuer}
          id={server.id}
          name={name}
          issuer={report.issuer}
          look={lookOf(isNext)}
          refused={state === 'refused'}
        />
      );
    case 'checking':
      return <p className="step-live">{words.offer.checkingIssuer(hostOfIssuer(report.issuer))}</p>;
    case 'issuer_failed':
      return issuer.state === 'failed' ? (
        <FailureNotice
          failure={failureOf(issuer.code, issuer.facts)}
          action={
            issuer.code === 'issuer_without_name' ? null : (
              <Button onPress={() => send('offer.confirm_issuer', { id: server.id, issuer: report.issuer })}>
                {words.remedyLabel('try_again')}
              </Button>
            )
          }
        />
      ) : null;
    case 'code':
      return <Code server={server} report={report} name={name} now={now} isNext={isNext} />;
    case 'code_ended':
      return <p className="step-live">{words.offer.codeEnded}</p>;
    case 'licensed':
      return report.license ? <Clocks license={report.license} now={now} /> : null;
    case 'no_report':
    case 'progress':
      return <Progress report={report} />;
  }
}

const lookOf = (isNext: boolean) => (isNext ? 'primary' : 'standard');

function Progress({ report: { acquisition } }: { readonly report: ServerReport }) {
  const { state, failureCode } = acquisition;
  const headline =
    state === 'failed' && failureCode !== undefined ? words.failureWords(failureOf(failureCode)).headline : undefined;
  return (
    <p className="step-live">
      {headline === undefined ? null : `${words.sentenceOf(headline)} `}
      {words.offer.states[state]}
    </p>
  );
}

interface CodeProps extends HelpedServerRowProps {
  readonly report: ServerReport;
  readonly name: string;
  readonly now: number;
}

function Code({ server, report, name, now, isNext }: CodeProps) {
  const { paneHelps, pane } = useConsole().state;
  const [busy, setBusy] = useState(false);
  const left = secondsLeft(server, now);
  const { userCode = '' } = report.acquisition;
  const isOnTheRight = pane.open && paneHelps === server.id;
  const authorize = async () => {
    setBusy(true);
    const opened = await call('offer.authorize', { id: server.id });
    setBusy(false);
    if (!opened.ok) toast(opened, '');
  };
  return (
    <>
      <div className="user-code-row">
        <span className="visually-hidden">{words.offer.userCode}</span>
        <p className="user-code helped-code" data-testid="helped-user-code">
          {userCodeGroups(userCode).map((group, index) => (
            <span key={`${index}-${group}`}>{group}</span>
          ))}
          <CopyButton
            label={words.offer.copyCode}
            copied={words.offer.codeCopied}
            copy={() => call('offer.copy_code', { id: server.id })}
          />
        </p>
        {left === undefined ? null : <span className="step-live">{words.offer.timeLeft(left)}</span>}
      </div>
      {isOnTheRight ? <p className="step-live">{onTheRight(pane, server.link === 'filled_in')}</p> : null}
      {server.link === 'none' ? <p className="address-warning">{words.offer.foreignLink}</p> : null}
      <div className="step-actions">
        <Button
          look={isNext && !isOnTheRight ? 'primary' : 'standard'}
          busy={busy}
          label={words.offer.authorizeServer(name)}
          onPress={() => void authorize()}
        >
          {words.offer.authorize}
        </Button>
      </div>
    </>
  );
}

/** What to do on the page on the right, where the person may have to sign in first. */
function onTheRight(pane: PaneView, filledIn: boolean): string {
  const place = panePlace(pane);
  if (place === 'signing_in' || place === 'elsewhere' || place === 'failed' || place === 'away')
    return words.acquisition.hints[place];
  return filledIn || pane.page.holdsCode ? words.offer.filledIn : words.offer.pasteIt;
}

function Clocks({ license, now }: { readonly license: NonNullable<ServerReport['license']>; readonly now: number }) {
  return (
    <dl className="fields helped-clocks">
      <div className="field">
        <dt>{fieldLabels.renewalDate}</dt>
        <dd data-testid="helped-renewal">{words.offer.renewal(license.renewalEndsAt, now)}</dd>
      </div>
      <div className="field">
        <dt>{fieldLabels.tokenExpiry}</dt>
        <dd data-testid="helped-token-expiry">{words.offer.tokenExpiry(license.tokenExpiresAt, now)}</dd>
      </div>
    </dl>
  );
}

function Relayed({ server: { relayed } }: Pick<HelpedServerRowProps, 'server'>) {
  return (
    <div className="helped-relayed">
      <p>{words.offer.relayed}</p>
      <ul>
        {relayed.map((host) => (
          <li key={host.to}>{words.offer.connection(host)}</li>
        ))}
      </ul>
    </div>
  );
}
