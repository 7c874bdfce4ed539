import { clockAheadOf } from '../../src-shared/pairing/laptop-view.ts';
import { useState } from 'react';
import type { ClockSettingEnd } from '../../src-shared/window/ipc-contract.ts';
import type { Failure } from '../../src-shared/result.ts';
import { helpWords } from '../../src-shared/words/help-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { isClockInQuestion } from './clock-in-question.ts';

/** What the time service has done so far. `starting`: the system may ask for a password. `started`: it may still set the clock. */
type Setting =
  | { readonly state: 'idle' | 'starting' | 'started' }
  | { readonly state: 'failed'; readonly failure: Failure }
  | ({ readonly state: 'ended' } & ClockSettingEnd);

/** If the clock may be wrong: the button that starts the system's own time service, its outcome, and what a laptop's clock says. */
export function SetClock() {
  const { state } = useConsole();
  const [setting, setSetting] = useState<Setting>({ state: 'idle' });
  const { clock } = helpWords;
  const start = async () => {
    setSetting({ state: 'starting' });
    announce(clock.starting);
    const started = await call('clock.start_time_service');
    if (!started.ok) return setSetting({ state: 'failed', failure: started.failure });
    setSetting({ state: 'started' });
    announce(clock.started);
    const ended = await call('clock.await_setting');
    if (!ended.ok) return setSetting({ state: 'failed', failure: ended.failure });
    setSetting({ state: 'ended', ...ended.value });
    announce(clock.ended(ended.value));
    // The other checks depend on the clock too.
    send('preflight.start');
  };
  if (!isClockInQuestion(state) && setting.state === 'idle') return null;
  const clockAheadMs = clockAheadOf(state.laptop);
  const isBusy = setting.state === 'starting' || setting.state === 'started';
  return (
    <>
      {clockAheadMs === undefined ? null : <p>{words.laptop.clockDiffers(clockAheadMs, state.at)}</p>}
      <div className="step-actions">
        <Button look="primary" busy={isBusy} onPress={() => void start()}>
          {clock.start}
        </Button>
        <span className="form-outcome">{said(setting)}</span>
      </div>
      {setting.state === 'failed' ? <FailureNotice failure={setting.failure} /> : null}
    </>
  );
}

function said(setting: Setting): string | null {
  const { clock } = helpWords;
  switch (setting.state) {
    case 'starting':
      return clock.starting;
    case 'started':
      return clock.started;
    case 'ended':
      return clock.ended(setting);
    case 'idle':
    case 'failed':
      return null;
  }
}
