import { useEffect, useRef } from 'react';
import type { LicenseView } from '../../src-shared/console-state.ts';
import { endsInDoubt } from '../../src-shared/shown-status.ts';
import { statusIcon, statusTone } from '../../src-shared/status-tone.ts';
import { words } from '../../src-shared/words/words.ts';
import { openPane } from '../authorization-pane/open-pane.ts';
import { send } from '../bridge.ts';
import { Button } from '../frame/Button.tsx';
import { useConsole } from '../frame/console-context.ts';
import { Icon } from '../frame/Icon.tsx';
import type { LicenseCheck } from './license-check.ts';

interface StatusCardProps {
  readonly license: LicenseView;
  readonly acquiring: boolean;
  readonly justLicensed: boolean;
  readonly check: LicenseCheck;
}

/** The License Status, what it means for sales, and the one thing to do. */
export function StatusCard({ license, acquiring, justLicensed, check }: StatusCardProps) {
  const status = license.evaluation.renewal.state;
  const tone = statusTone(status, license);
  const { clock } = useConsole().state;
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
        {acquiring ? null : <p className="status-meaning">{words.license.statusMeaning(status, license, clock)}</p>}
        {justLicensed ? <p className="status-news">{words.license.licensedNow}</p> : null}
        {check.outcome ? <p className="status-news">{check.outcome}</p> : null}
      </div>
      {acquiring || endsInDoubt(status, clock) ? null : <StatusActions status={status} check={check} />}
    </section>
  );
}

function StatusActions({
  status,
  check,
}: {
  readonly status: LicenseView['evaluation']['renewal']['state'];
  readonly check: LicenseCheck;
}) {
  const { pane, refresh } = useConsole().state;
  if (status === 'licensed') return null;
  if (status === 'expired') {
    return (
      <div className="status-actions">
        <Button look="primary" onPress={reacquire}>
          {words.license.removeAndReacquire}
        </Button>
      </div>
    );
  }
  return (
    <div className="status-actions">
      {pane.open ? null : (
        <Button look="primary" onPress={openPane}>
          {words.license.openAuthorizationServer}
        </Button>
      )}
      {refresh.withoutRefreshToken ? null : (
        <Button
          look={pane.open ? 'primary' : 'standard'}
          busy={check.pending === 'renewal'}
          onPress={() => check.run('renewal')}
        >
          {words.license.checkForRenewal}
        </Button>
      )}
    </div>
  );
}

/** One action replaces the license: the old one is dropped only after the new one is stored. */
function reacquire(): void {
  send('pane.show', { open: true });
  send('acquisition.start');
}
