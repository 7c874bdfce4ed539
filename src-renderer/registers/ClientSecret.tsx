import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { announce } from '../frame/announcer.ts';
import { Button } from '../frame/Button.tsx';

interface ClientSecretProps {
  readonly secret: string;
  /** The person wanted to leave without having copied it. */
  readonly warned: boolean;
  readonly onCopied: () => void;
  readonly onLeave: () => void;
}

/** The one time that a secret is shown; main forgets it as soon as it is no longer on the screen. */
export function ClientSecret({ secret, warned, onCopied, onLeave }: ClientSecretProps) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [outcome, setOutcome] = useState('');
  const start = useRef<HTMLParagraphElement>(null);
  const said = words.clients.secret;
  useEffect(() => {
    // The form that had the focus is gone.
    start.current?.focus();
    start.current?.closest('dialog')?.scrollTo(0, 0);
    return () => send('local_api.forget_secret');
  }, []);
  useEffect(() => {
    if (warned) announce(said.notCopied);
  }, [warned, said]);
  const copy = async () => {
    const copied = await call('local_api.copy_secret');
    setFailure(copied.ok ? null : copied.failure);
    setOutcome(copied.ok ? said.copied : '');
    if (!copied.ok) return;
    announce(said.copied);
    onCopied();
  };
  return (
    <>
      <p className="secret-once" tabIndex={-1} ref={start}>
        {said.once}
      </p>
      <p className="secret-label" id="client-secret-label">
        {said.label}
      </p>
      <p className="secret" aria-labelledby="client-secret-label">
        <code data-testid="client-secret">{secret}</code>
      </p>
      <div className="secret-copy">
        <Button look={outcome ? 'standard' : 'primary'} icon={outcome ? 'check' : 'copy'} onPress={() => void copy()}>
          {said.copy}
        </Button>
        <span className="form-outcome">{outcome}</span>
      </div>
      {failure ? <FailureNotice failure={failure} retry={() => void copy()} /> : null}
      <p>
        {said.where} <code className="secret-variable">{said.variable}</code>
      </p>
      <p>
        {said.restart} {said.lost}
      </p>
      {warned ? <Notice tone="caution" headline={said.notCopied} /> : null}
      <div className="dialog-actions">
        <Button look={outcome ? 'primary' : 'standard'} onPress={onLeave}>
          {warned ? said.closeAnyway : said.close}
        </Button>
      </div>
    </>
  );
}
