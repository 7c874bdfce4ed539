import { useEffect, useRef } from 'react';
import type { LicenseView } from '../../src-shared/window/console-state.ts';
import { type StatusAction, statusActions } from '../../src-shared/license/status-actions.ts';
import { statusIcon, statusTone } from '../../src-shared/license/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { openPane } from '../authorization-pane/open-pane.ts';
import { send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { Icon } from '../controls/Icon.tsx';
import { CheckLicenseButton, CheckOutcome } from './CheckLicense.tsx';

interface StatusCardProps {
  readonly license: LicenseView;
  readonly justLicensed: boolean;
}

/** The License Status, what it means for sales, and the one thing to do. */
export function StatusCard({ license, justLicensed }: StatusCardProps) {
  const { state, go } = useConsole();
  const { clock, check } = state;
  const status = license.evaluation.renewal.state;
  const tone = statusTone(status, license);
  const actions = statusActions(state);
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (justLicensed) box.current?.focus();
  }, [justLicensed]);
  return (
    <section className="status-card" data-tone={tone} ref={box} tabIndex={-1}>
      <Icon name={statusIcon(tone)} className="status-icon" />
      <div className="status-text">
        <h2 className="status-headline" data-testid="license-status" data-license-status={status}>
          {words.license.statusHeadlines[status]}
        </h2>
        <p className="status-meaning">{words.license.statusMeaning(status, license, clock)}</p>
        {justLicensed && !check ? <p className="status-news">{words.license.licensedNow}</p> : null}
        <CheckOutcome />
      </div>
      {actions.length > 0 || justLicensed ? (
        <div className="status-actions">
          {actions.map((action) => (
            <StatusButton key={action.act} action={action} />
          ))}
          {justLicensed ? <Button onPress={() => go({ page: 'handover' })}>{words.license.handover}</Button> : null}
        </div>
      ) : null}
    </section>
  );
}

function StatusButton({ action: { act, look } }: { readonly action: StatusAction }) {
  switch (act) {
    case 'check':
      return <CheckLicenseButton look={look} />;
    case 'open_server':
      return (
        <Button look={look} onPress={openPane}>
          {words.license.openAuthorizationServer}
        </Button>
      );
    case 'reacquire':
      return (
        <Button look={look} onPress={reacquire}>
          {words.license.removeAndReacquire}
        </Button>
      );
  }
}

/** One action replaces the license: the old one is dropped only after the new one is stored. */
function reacquire(): void {
  send('pane.show', { open: true });
  send('acquisition.start');
}
