import type { ReactNode } from 'react';
import type { CheckAdvice, CheckResult } from '../../src-shared/support/preflight.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { SaveDiagnostics } from '../help/SaveDiagnostics.tsx';
import { Notice } from './Notice.tsx';
import { useRemedy } from './remedies.ts';

interface WrongCheckProps {
  readonly result: CheckResult;
  /** Further buttons, after the one for the fix. */
  readonly more?: ReactNode;
  readonly note?: string | undefined;
}

/** A problem that a check found: what it is, who can fix it, and how. */
export function WrongCheck({ result, more, note }: WrongCheckProps) {
  const { check, state, says, failure, advice, fixer } = result;
  const remedy = useRemedy();
  const go = useAdvice();
  const label = failure && words.remedyLabel(failure.remedy);
  const [headline = '', ...rest] = says;
  const again = () => send('preflight.start');
  return (
    <Notice
      tone={state === 'failed' ? 'critical' : 'caution'}
      headline={`${preflightWords.labels[check]}: ${headline.replace(/\.$/, '')}`}
      meaning={[...rest, ...preflightWords.whoFixes(fixer, says)].join(' ')}
      failure={failure}
      actions={
        <>
          {failure && label && failure.remedy !== 'try_again' ? (
            <Button onPress={() => void remedy(failure, again)}>{label}</Button>
          ) : advice ? (
            <Button onPress={() => go(advice)}>{preflightWords.adviceLabels[advice]}</Button>
          ) : null}
          {failure?.remedy === 'copy_for_support' ? <SaveDiagnostics /> : null}
          {more}
        </>
      }
      note={note}
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
