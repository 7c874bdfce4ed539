import { useEffect, useRef } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';

/** Refreshes the tokens and so fetches a renewed license. Show {@link CheckOutcome} next to it. */
export function CheckLicenseButton({ look = 'standard' }: { readonly look?: 'primary' | 'standard' }) {
  const { check, refresh } = useConsole().state;
  return (
    <Button
      icon="reload"
      look={look}
      busy={check?.state === 'checking' || refresh.refreshing}
      onPress={() => send('license.check')}
    >
      {words.check.action}
    </Button>
  );
}

/** What the check found, scrolled into view when it arrives. */
export function CheckOutcome() {
  const { check, license, at } = useConsole().state;
  const said = check && words.check.said(check, license?.evaluation.judgedAt ?? at);
  const line = useRef<HTMLParagraphElement>(null);
  const saidBefore = useRef(said);
  useEffect(() => {
    if (said === saidBefore.current) return;
    saidBefore.current = said;
    if (!said) return;
    announce(said);
    line.current?.scrollIntoView({ block: 'nearest' });
  }, [said]);
  if (!said) return null;
  return (
    <p className="status-news" data-testid="check-outcome" ref={line}>
      {said}
    </p>
  );
}
