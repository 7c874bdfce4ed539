import { useState } from 'react';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';

/** If the clock is wrong: the button that starts the system's own time service, and the outcome. */
export function SetClock() {
  const { state } = useConsole();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Result<null> | null>(null);
  const { clock } = words.help;
  const start = async () => {
    setBusy(true);
    setOutcome(null);
    announce(clock.starting);
    const started = await call('clock.start_time_service');
    setBusy(false);
    setOutcome(started);
    if (started.ok) announce(clock.started);
  };
  if (state.clock.state !== 'wrong' && outcome === null) return null;
  return (
    <>
      <div className="step-actions">
        <Button look="primary" busy={busy} onPress={() => void start()}>
          {clock.start}
        </Button>
        {busy ? <span className="form-outcome">{clock.starting}</span> : null}
        {outcome?.ok ? <span className="form-outcome">{clock.started}</span> : null}
      </div>
      {outcome && !outcome.ok ? <FailureNotice failure={outcome.failure} /> : null}
    </>
  );
}
