import { useEffect, useRef, useState } from 'react';
import type { PollView, UserCodeView } from '../../src-shared/license/acquisition-state.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useElapsedMs } from '../state/elapsed-time.ts';
import { useMoment } from '../state/moment.ts';

interface PollLineProps {
  readonly code: UserCodeView;
  readonly poll: PollView;
}

interface CompleteAuthorizationProps extends PollLineProps {
  readonly look: 'primary' | 'standard';
}

/** The "Check now" button, and one line that says what the console is waiting for. */
export function CompleteAuthorization({ code, poll, look }: CompleteAuthorizationProps) {
  const [found, setFound] = useMoment<string>();
  const [checking, setChecking] = useState(false);
  const latest = useRef(poll);
  useEffect(() => {
    latest.current = poll;
  }, [poll]);
  const complete = async () => {
    setChecking(true);
    setFound(null);
    const checked = await call('acquisition.complete');
    setChecking(false);
    // The line about the poll says why no answer came.
    if (checked.ok && latest.current.trouble) return;
    const said = checked.ok
      ? words.acquisition.notYet
      : checked.failure.code === 'poll_not_due'
        ? words.acquisition.notDue(Number(checked.failure.facts?.['seconds'] ?? 0))
        : words.failureWords(checked.failure).headline;
    setFound(said);
    announce(said);
  };
  const checksAgain = !checking && poll.nextInSeconds === 0;
  if (checksAgain && found !== null) setFound(null);
  return (
    <>
      <div className="step-actions">
        <Button look={look} busy={checking} onPress={() => void complete()}>
          {words.acquisition.complete}
        </Button>
        <Button look="quiet" onPress={() => send('acquisition.cancel')}>
          {words.acquisition.cancel}
        </Button>
      </div>
      <PollLine code={code} poll={poll} />
      {found === null ? null : <p className="step-live step-found">{found}</p>}
    </>
  );
}

function PollLine({ code, poll }: PollLineProps) {
  const elapsed = useElapsedMs(1000) / 1000;
  const { trouble } = poll;
  const reason = trouble ? words.failureWords(trouble).headline : null;
  const hadTrouble = useRef(false);
  useEffect(() => {
    // Only a change of the state is announced, not the seconds.
    if (reason !== null) announce(words.acquisition.pollTroubleSpoken(reason));
    else announce(hadTrouble.current ? words.acquisition.pollRecovered : words.acquisition.waiting);
    hadTrouble.current = reason !== null;
  }, [reason]);
  const checked = poll.checkedSecondsAgo === undefined ? undefined : poll.checkedSecondsAgo + elapsed;
  return (
    <p className="step-live" data-testid="poll-line" data-trouble={trouble?.code}>
      {reason === null
        ? words.acquisition.pollLine(checked, poll.nextInSeconds - elapsed)
        : words.acquisition.pollTrouble(reason, code.remainingSeconds - elapsed)}
    </p>
  );
}
