import { useState } from 'react';
import type { QuietHours } from '../../src-shared/notifications/quiet-hours.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { Notice } from '../failure/Notice.tsx';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { SwitchRow } from './SwitchRow.tsx';

const said = words.notificationSettings;

/** The quiet hours, whether notifications are shown, and whether an administrator is notified. */
export function NotificationSettings() {
  const { canBeShown, quietHours } = useConsole().state.notificationSettings;
  return (
    <section className="card page-card" aria-labelledby="notifications-heading">
      <h2 className="section-heading" id="notifications-heading">
        {said.heading}
      </h2>
      <p className="section-note">{said.note}</p>
      <SwitchRow
        label={said.quietHours}
        note={said.quietHoursNote}
        on={quietHours.on}
        onChange={(on) => send('notifications.quiet_hours', { ...quietHours, on })}
      />
      {quietHours.on ? (
        <div className="time-fields">
          <TimeField name="from" quietHours={quietHours} />
          <TimeField name="to" quietHours={quietHours} />
        </div>
      ) : null}
      <TestNotification />
      {canBeShown ? null : <Notice tone="caution" {...said.cannotBeShown} />}
      <AdministratorLine />
    </section>
  );
}

function TimeField({ name, quietHours }: { readonly name: 'from' | 'to'; readonly quietHours: QuietHours }) {
  const [draft, setDraft] = useState(quietHours[name]);
  const keep = (value: string) => {
    setDraft(value);
    // An incomplete time is not saved: the input reports it as an empty value.
    if (/^\d{2}:\d{2}$/.test(value)) send('notifications.quiet_hours', { ...quietHours, [name]: value });
  };
  return (
    <div className="form-field">
      <label htmlFor={`quiet-${name}`}>{said[name]}</label>
      <input
        id={`quiet-${name}`}
        type="time"
        value={draft}
        required
        onChange={(event) => keep(event.target.value)}
        onBlur={() => setDraft(quietHours[name])}
      />
    </div>
  );
}

function TestNotification() {
  const [outcome, setOutcome] = useState('');
  const show = async () => {
    const shown = await call('notifications.test');
    const sentence = shown.ok ? said.testShown : words.failureWords(shown.failure).headline;
    announce(sentence);
    setOutcome(sentence);
  };
  return (
    <div className="step-actions">
      <Button onPress={() => void show()}>{said.test}</Button>
      <span className="form-outcome">{outcome}</span>
    </div>
  );
}

function AdministratorLine() {
  const { administrator } = useConsole().state.notificationSettings;
  const { state, file } = administrator;
  if (state === 'refused') {
    const { headline, meaning } = said.administratorRefused;
    return <Notice tone="caution" headline={headline} meaning={meaning(administrator.reason, file)} />;
  }
  return <p className="form-hint">{state === 'set' ? said.administratorSet(file) : said.administratorNone(file)}</p>;
}
