import { useEffect, useRef } from 'react';
import {
  type CheckAdvice,
  type CheckResult,
  checksOfComputer,
  checksOfServer,
  type PreflightView,
} from '../../src-shared/preflight.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../bridge.ts';
import { Notice } from '../failure/Notice.tsx';
import { useRemedy } from '../failure/remedies.ts';
import { announce } from '../frame/announcer.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { Icon } from '../frame/Icon.tsx';
import { toast } from '../frame/toast.ts';

/** Checks this computer and the way to the shown server: what is wrong first, with what to do, then what works. */
export function ComputerCheck() {
  const { state } = useConsole();
  const { preflight } = state;
  const isRunning = preflight?.state === 'running';
  useOutcomeSaid(preflight);
  return (
    <>
      <p>{words.help.check.why}</p>
      <div className="step-actions">
        {isRunning ? (
          <Button onPress={() => send('preflight.cancel')}>{preflightWords.cancel}</Button>
        ) : (
          <Button look={preflight ? 'standard' : 'primary'} onPress={() => send('preflight.start')}>
            {preflight ? preflightWords.again : preflightWords.start}
          </Button>
        )}
        {preflight && !isRunning ? (
          <Button icon="copy" onPress={() => void copyResults()}>
            {preflightWords.copy}
          </Button>
        ) : null}
        {preflight ? (
          <span className="form-outcome">{statusLine(preflight, totalOf(state.profile !== null))}</span>
        ) : null}
      </div>
      {preflight ? <Results results={preflight.results} /> : null}
    </>
  );
}

const isWrong = ({ state }: CheckResult) => state === 'failed' || state === 'attention';
const totalOf = (hasServer: boolean) => checksOfComputer.length + (hasServer ? checksOfServer.length : 0);

async function copyResults(): Promise<void> {
  toast(await call('preflight.copy'), preflightWords.copied);
}

function statusLine({ state, results }: PreflightView, total: number): string {
  if (state === 'running') return preflightWords.running(results.length, total);
  if (state === 'cancelled') return preflightWords.wasCancelled;
  return preflightWords.outcome(results.filter((result) => result.state === 'failed').length);
}

/** Says the outcome once to a screen reader, when the run ends. */
function useOutcomeSaid(preflight: PreflightView | null): void {
  const wasRunning = useRef(false);
  const line = preflight && preflight.state !== 'running' ? statusLine(preflight, 0) : null;
  useEffect(() => {
    if (line !== null && wasRunning.current) announce(line);
    wasRunning.current = line === null && preflight !== null;
  }, [line, preflight]);
}

function Results({ results }: { readonly results: readonly CheckResult[] }) {
  const wrong = results.filter(isWrong);
  const others = results.filter((result) => !isWrong(result));
  return (
    <>
      {wrong.map((result) => (
        <WrongCheck key={result.check} result={result} />
      ))}
      {others.length > 0 ? (
        <details className="help-system">
          <summary>{preflightWords.others(others.length)}</summary>
          <ul className="preflight-list">
            {others.map(({ check, state, says }) => (
              <li key={check} className="preflight-row" data-tone={state === 'ok' ? 'good' : 'neutral'}>
                <Icon name={state === 'ok' ? 'good' : 'info'} />
                <span>
                  <strong>{preflightWords.labels[check]}</strong> {says.join(' ')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function WrongCheck({ result }: { readonly result: CheckResult }) {
  const { check, state, says, failure, advice, mender } = result;
  const remedy = useRemedy();
  const go = useAdvice();
  const label = failure && words.remedyLabel(failure.remedy);
  const [headline = '', ...more] = says;
  const again = () => send('preflight.start');
  return (
    <Notice
      tone={state === 'failed' ? 'critical' : 'caution'}
      headline={`${preflightWords.labels[check]}: ${headline.replace(/\.$/, '')}`}
      meaning={[...more, ...(mender ? [preflightWords.menders[mender]] : [])].join(' ')}
      failure={failure}
      actions={
        failure && label && failure.remedy !== 'try_again' ? (
          <Button onPress={() => void remedy(failure, again)}>{label}</Button>
        ) : advice ? (
          <Button onPress={() => go(advice)}>{preflightWords.adviceLabels[advice]}</Button>
        ) : null
      }
    />
  );
}

/** Leads to the page where the advice can be followed. */
function useAdvice(): (advice: CheckAdvice) => void {
  const { go } = useConsole();
  return (advice) => {
    switch (advice) {
      case 'start_at_sign_in':
        return go({ page: 'settings' });
      case 'free_disk_space':
        return go({ page: 'help', topic: 'saving' });
      case 'connect':
        return go({ page: 'help', topic: 'connection' });
      case 'renew':
        return go({ page: 'help', topic: 'renewal' });
      case 'acquire_again':
      case 'authorize_again':
        return go({ page: 'license' });
    }
  };
}
