import { useState } from 'react';
import { type Failure, failure as failureOf, serverReason } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { useRemedy } from '../failure/remedies.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { useTrustedNow } from '../state/elapsed-time.ts';
import { systemHere } from '../state/system-here.ts';
import { type Attention, attentionsOf } from './attention.ts';

/** The warnings in addition to the License Status. Only the first has a primary button. */
export function Attentions({ quiet = false }: { readonly quiet?: boolean }) {
  const { state } = useConsole();
  return attentionsOf(state).map((attention, index) => (
    <AttentionNotice key={attention.kind} attention={attention} look={index === 0 && !quiet ? 'primary' : 'standard'} />
  ));
}

interface AttentionNoticeProps {
  readonly attention: Attention;
  readonly look: 'primary' | 'standard';
}

function AttentionNotice({ attention, look }: AttentionNoticeProps) {
  switch (attention.kind) {
    case 'clock_wrong':
    case 'clock_in_doubt':
      return <ClockTrouble attention={attention} look={look} />;
    case 'clock_unconfirmed':
      return <ClockUnconfirmed attention={attention} />;
    case 'authorize_again':
      return <AuthorizeAgain attention={attention} look={look} />;
    case 'cannot_renew':
      return <CannotRenew attention={attention} look={look} />;
    case 'keychain':
      return <KeychainTrouble failure={attention.failure} look={look} />;
    case 'token_expired':
      return <TokenExpired attention={attention} />;
    case 'token_expires_soon':
      return <TokenExpiresSoon attention={attention} />;
    case 'refresh_failed':
      return <FailureNotice failure={attention.failure} tone={attention.tone} retry={refresh} pageHasRetry />;
    case 'offline':
    case 'server_trouble':
      return <Unavailable attention={attention} />;
    case 'claims_unclear':
      return <ClaimsUnclear attention={attention} />;
    case 'without_xms':
      return (
        <Notice
          tone={attention.tone}
          headline={words.attention.withoutXms.headline}
          meaning={words.attention.withoutXms.meaning}
        />
      );
  }
}

type Of<K extends Attention['kind']> = {
  readonly attention: Extract<Attention, { kind: K }>;
  readonly look: 'primary' | 'standard';
};

function ClaimsUnclear({ attention }: Pick<Of<'claims_unclear'>, 'attention'>) {
  const { details, evaluation } = attention.license;
  const { headline, meaning } = words.attention.claimsUnclear;
  const { renewal } = evaluation;
  return (
    <Notice
      tone={attention.tone}
      headline={headline(renewal.state === 'licensed' && renewal.dateUnclear === true)}
      meaning={meaning(words.license.claimDoubts(details))}
    />
  );
}

const refresh = (): void => send('license.check');

function ClockTrouble({ attention, look }: Of<'clock_wrong' | 'clock_in_doubt'>) {
  const { go } = useConsole();
  const isWrong = attention.kind === 'clock_wrong';
  const { headline, meaning } = isWrong ? words.attention.clockWrong : words.attention.clockInDoubt;
  return (
    <Notice
      tone={attention.tone}
      headline={headline}
      meaning={meaning(attention.localAt, attention.trustedAt)}
      actions={
        isWrong ? (
          <Button look={look} onPress={() => go({ page: 'help', topic: 'clock' })}>
            {words.remedyLabel('set_clock')}
          </Button>
        ) : null
      }
    />
  );
}

function ClockUnconfirmed({ attention }: Pick<Of<'clock_unconfirmed'>, 'attention'>) {
  const { alert, localAt, trustedAt } = attention;
  const { headline, meaning } = words.attention.clockUnconfirmed;
  const { body } = words.alerts.cause(alert, alert.at);
  return (
    <Notice
      tone={attention.tone}
      headline={headline}
      meaning={meaning(body, localAt, trustedAt)}
      failure={attention.failure}
    />
  );
}

function AuthorizeAgain({ attention, look }: Of<'authorize_again'>) {
  const remedy = useRemedy();
  const { acquisition } = useConsole().state;
  const { expiresAt, state } = attention.license.evaluation.token;
  const reason = serverReason(attention.failure);
  return (
    <Notice
      tone={attention.tone}
      {...words.attention.authorizeAgain.said(attention.failure, expiresAt, state === 'expired')}
      failure={attention.failure}
      actions={
        acquisition.state === 'idle' ? (
          <Button look={look} onPress={() => void remedy(attention.failure)}>
            {words.remedyLabel('authorize_again')}
          </Button>
        ) : null
      }
      note={reason === undefined ? undefined : words.attention.authorizeAgain.serverSays(reason)}
    />
  );
}

function CannotRenew({ attention, look }: Of<'cannot_renew'>) {
  const remedy = useRemedy();
  const { acquisition } = useConsole().state;
  const { expiresAt, state } = attention.license.evaluation.token;
  const { headline, expired, meaning, meaningExpired } = words.attention.cannotRenew;
  return (
    <Notice
      tone={attention.tone}
      headline={state === 'expired' ? expired : headline}
      meaning={state === 'expired' ? meaningExpired(expiresAt) : meaning(expiresAt)}
      failure={attention.failure}
      actions={
        acquisition.state === 'idle' ? (
          <Button look={state === 'fine' ? 'standard' : look} onPress={() => void remedy(attention.failure)}>
            {words.remedyLabel('authorize_again')}
          </Button>
        ) : null
      }
    />
  );
}

/** On Windows and macOS the keychain opens at login. After a password change, old entries stay locked, so new tokens are needed. */
const opensByItself = (): boolean => systemHere(navigator.userAgent) !== 'Linux';
const authorizeAgain = failureOf('secret_store_damaged');

function KeychainTrouble({ failure, look }: { readonly failure: Failure; readonly look: 'primary' | 'standard' }) {
  const remedy = useRemedy();
  const { go, state } = useConsole();
  const { headline, meaning } = words.failureWords(failure);
  const label = words.remedyLabel(failure.remedy);
  return (
    <Notice
      tone="caution"
      headline={headline}
      meaning={failure.code === 'secret_store_locked' && state.license ? words.attention.keychainWithLicense : meaning}
      failure={failure}
      actions={
        <>
          {label && (state.license || failure.remedy !== 'authorize_again') ? (
            <Button look={look} onPress={() => void remedy(failure, state.license ? undefined : () => {})}>
              {label}
            </Button>
          ) : null}
          {failure.code === 'secret_store_password_changed' && state.license && opensByItself() ? (
            <Button onPress={() => void remedy(authorizeAgain)}>{words.remedyLabel('authorize_again')}</Button>
          ) : null}
          {failure.remedy === 'open_keychain_help' ? null : (
            <Button look="quiet" onPress={() => go({ page: 'help', topic: 'keychain' })}>
              {words.remedyLabel('open_keychain_help')}
            </Button>
          )}
        </>
      }
    />
  );
}

function TokenExpired({ attention }: Pick<Of<'token_expired'>, 'attention'>) {
  const { state } = useConsole();
  const { headline, meaning, connect } = words.attention.tokenExpired;
  const said = meaning(state.license?.evaluation.renewal.state === 'expired');
  // During the steps to a new license there is no check.
  const next = state.acquisition.state === 'idle' ? ` ${connect}` : '';
  // A wrong clock has its own notice.
  const long =
    state.clock.state === 'wrong' || state.clock.doubt
      ? ''
      : ` ${words.attention.longOff(words.dates.dateTime(state.at))}`;
  return (
    <Notice
      tone={attention.tone}
      headline={headline}
      meaning={attention.needsConnection ? `${said}${next}${long}` : said}
      failure={attention.failure ?? undefined}
      actions={attention.needsConnection ? <ConnectionHelpButton /> : null}
      note={reasonOf(attention.failure, state.refresh.lastFailureAt)}
    />
  );
}

function TokenExpiresSoon({ attention }: Pick<Of<'token_expires_soon'>, 'attention'>) {
  const { state } = useConsole();
  const nowAt = useTrustedNow(30_000);
  const { headline, answered, meaning } = words.attention.tokenExpiresSoon;
  return (
    <Notice
      tone={attention.tone}
      headline={attention.needsConnection ? headline : answered}
      meaning={meaning(attention.expiresAt, nowAt)}
      failure={attention.failure ?? undefined}
      actions={attention.needsConnection ? <ConnectionHelpButton /> : null}
      note={reasonOf(attention.failure, state.refresh.lastFailureAt)}
    />
  );
}

function Unavailable({ attention }: Pick<Of<'offline' | 'server_trouble'>, 'attention'>) {
  const { state } = useConsole();
  const { check } = state;
  // A person who asked for a check wants to know why it failed.
  const [toggled, setShown] = useState<boolean>();
  const shown = toggled ?? (check?.state === 'done' && check.finding.kind === 'failed');
  const { headline, meaning } = words.failureWords(attention.failure);
  const { offline, serverTrouble } = words.attention;
  const isOffline = attention.kind === 'offline';
  return (
    <Notice
      tone={attention.tone}
      headline={isOffline ? offline.headline : headline}
      meaning={isOffline ? offline.meaning(attention.expiresAt) : serverTrouble(attention.expiresAt)}
      failure={attention.failure}
      actions={
        <>
          <Button look="quiet" expanded={shown} onPress={() => setShown(!shown)}>
            {words.attention.details}
          </Button>
          {shown && isOffline ? <ConnectionHelpButton /> : null}
        </>
      }
      note={shown ? `${words.license.lastTryFailed(state.refresh.lastFailureAt, headline)} ${meaning}` : undefined}
    />
  );
}

function ConnectionHelpButton() {
  const { go } = useConsole();
  return (
    <Button look="quiet" onPress={() => go({ page: 'help', topic: 'connection' })}>
      {words.remedyLabel('check_connection')}
    </Button>
  );
}

function reasonOf(failure: Failure | null, at: number | undefined): string | undefined {
  return failure ? words.license.lastTryFailed(at, words.failureWords(failure).headline) : undefined;
}
