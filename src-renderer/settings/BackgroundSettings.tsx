import { useState } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { SwitchRow } from './SwitchRow.tsx';

/** Settings for what continues while the window is closed. */
export function BackgroundSettings() {
  const { state, go } = useConsole();
  const { keepsRunning, startsAtLogin, tray, account } = state.background;
  const [refused, setRefused] = useState('');
  const startAtLogin = async (on: boolean) => {
    const set = await call('background.start_at_login', { on });
    const said = set.ok ? '' : words.failureWords(set.failure).headline;
    setRefused(said);
    if (said) announce(said);
  };
  const unavailable = startsAtLogin === 'unavailable';
  return (
    <section className="card page-card" aria-labelledby="background-heading">
      <h2 className="section-heading" id="background-heading">
        {words.background.heading}
      </h2>
      <SwitchRow
        label={words.background.keepRunning}
        note={words.background.keepRunningNote}
        on={keepsRunning === 'yes'}
        onChange={(on) => send('background.keep_running', { on })}
      />
      <SwitchRow
        label={words.background.startAtLogin}
        note={unavailable ? words.background.startAtLoginUnavailable : words.background.startAtLoginNote}
        on={startsAtLogin === 'on'}
        disabled={unavailable}
        onChange={(on) => void startAtLogin(on)}
      />
      {refused ? <p className="form-outcome">{refused}</p> : null}
      <p className="section-note">{tray === 'unsure' ? words.background.trayUnsure : words.background.trayShown}</p>
      <p className="section-note">{words.background.onlyWhileSignedIn(account)}</p>
      <div className="step-actions">
        <Button onPress={() => go({ page: 'help', topic: 'background' })}>{words.background.howWithout}</Button>
      </div>
    </section>
  );
}
