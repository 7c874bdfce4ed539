import { useEffect, useState } from 'react';
import { checkCount, type PreflightView } from '../../src-shared/support/preflight.ts';
import { preflightWords } from '../../src-shared/words/preflight-words.ts';
import { send } from '../state/bridge.ts';
import { checkingLine, useOutcomeSaid } from '../failure/checking.ts';
import { WrongCheck } from '../failure/WrongCheck.tsx';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { foundBeforeNext } from './before-next.ts';

/** What the checks found wrong before the first *Next*: the most urgent in full, the others by name. Shows nothing else. */
export default function BeforeNext({ preflight }: { readonly preflight: PreflightView }) {
  const { state, go } = useConsole();
  const [last, setLast] = useState<PreflightView | null>(null);
  const isRunning = preflight.state === 'running';
  if (!isRunning && last !== preflight) setLast(preflight);
  // While it is checked again, the earlier result stays, so that nothing moves.
  const ended = isRunning ? last : preflight;
  const [first, ...others] = ended ? foundBeforeNext(state, ended) : [];
  const says = first?.says[0];
  useOutcomeSaid(preflight);
  useEffect(() => {
    if (says !== undefined) announce(says);
  }, [says]);
  if (!first) return null;
  const also =
    others.length > 0 ? preflightWords.also(others.map(({ check }) => preflightWords.labels[check])) : undefined;
  return (
    <WrongCheck
      result={first}
      more={
        <>
          <Button busy={isRunning} onPress={() => send('preflight.start')}>
            {preflightWords.again}
          </Button>
          <Button look="quiet" onPress={() => go({ page: 'help', topic: 'check' })}>
            {preflightWords.allChecks}
          </Button>
        </>
      }
      note={isRunning ? checkingLine(preflight, checkCount(1)) : also}
    />
  );
}
