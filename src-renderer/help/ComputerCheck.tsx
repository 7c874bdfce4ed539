import { checkCount, type CheckResult, isWrong } from '../../src-shared/support/preflight.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { helpWords } from '../../src-shared/words/help-words.ts';
import { call, send } from '../state/bridge.ts';
import { checkingLine, useOutcomeSaid } from '../failure/checking.ts';
import { WrongCheck } from '../failure/WrongCheck.tsx';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { sayExport } from '../state/exports.ts';
import { Icon } from '../controls/Icon.tsx';
import { toast } from '../state/toast.ts';

/** Checks this computer and the connection to the shown server. Problems come first, with what to do, then what works. */
export function ComputerCheck() {
  const { state } = useConsole();
  const { preflight } = state;
  const isRunning = preflight?.state === 'running';
  useOutcomeSaid(preflight);
  return (
    <>
      <p>{helpWords.check.why}</p>
      <div className="step-actions">
        {isRunning ? (
          <Button onPress={() => send('preflight.cancel')}>{preflightWords.cancel}</Button>
        ) : (
          <Button look={preflight ? 'standard' : 'primary'} onPress={() => send('preflight.start')}>
            {preflight ? preflightWords.again : preflightWords.start}
          </Button>
        )}
        {preflight && !isRunning ? (
          <>
            <Button icon="copy" onPress={() => void copyResults()}>
              {preflightWords.copy}
            </Button>
            <Button icon="save" onPress={() => void saveResults()}>
              {preflightWords.save}
            </Button>
          </>
        ) : null}
        {preflight ? (
          <span className="form-outcome">{checkingLine(preflight, checkCount(state.profile ? 1 : 0))}</span>
        ) : null}
      </div>
      {preflight ? <Results results={preflight.results} /> : null}
    </>
  );
}

async function copyResults(): Promise<void> {
  toast(await call('preflight.copy'), preflightWords.copied);
}

async function saveResults(): Promise<void> {
  sayExport(await call('preflight.save'));
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
