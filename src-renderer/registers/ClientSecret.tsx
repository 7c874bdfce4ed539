import { useEffect, useRef, useState } from 'react';
import type { NewClientSecretView } from '../../src-shared/window/console-state.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';

interface ClientSecretProps {
  readonly standing: NewClientSecretView['standing'];
  readonly onLeave: () => void;
}

/** A new client's secret, while the main process still has it, or a note that its client was revoked meanwhile. */
export function ClientSecret({ standing, onLeave }: ClientSecretProps) {
  const start = useRef<HTMLParagraphElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const said = words.clients.secret;
  const isRevoked = standing === 'revoked';
  const saidAloud = isRevoked ? said.revoked : standing === 'warned' ? said.notCopied : null;
  useEffect(() => {
    // The element that had the focus is gone: the form, or a button for the secret.
    start.current?.focus();
    if (!isRevoked) start.current?.closest('dialog')?.scrollTo(0, 0);
  }, [isRevoked]);
  useEffect(() => {
    if (!saidAloud) return;
    announce(saidAloud);
    // In a low window the warning may be below the visible part.
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [saidAloud]);
  return (
    <>
      <p className="secret-once" tabIndex={-1} ref={start}>
        {isRevoked ? said.revoked : said.once}
      </p>
      {isRevoked ? <p>{said.createAgain}</p> : <SecretToCopy isCopied={standing === 'copied'} />}
      {standing === 'warned' ? <Notice tone="caution" headline={said.notCopied} /> : null}
      <div className="dialog-actions" ref={end}>
        <Button look={isRevoked || standing === 'copied' ? 'primary' : 'standard'} onPress={onLeave}>
          {standing === 'warned' ? said.closeAnyway : said.close}
        </Button>
      </div>
    </>
  );
}

/**
 * The secret, and where to put it. Only the DOM element holds the secret, and it is emptied on unmount. React would keep a
 * state or rendered text in memory for longer.
 */
function SecretToCopy({ isCopied }: { readonly isCopied: boolean }) {
  const place = useRef<HTMLElement>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const said = words.clients.secret;
  useEffect(() => {
    const element = place.current;
    let asks = true;
    void call('local_api.read_secret').then((read) => {
      if (!asks) return;
      if (!read.ok) setFailure(read.failure);
      else if (element) element.textContent = read.value;
    });
    return () => {
      asks = false;
      if (element) element.textContent = '';
    };
  }, []);
  const copy = async () => {
    const copied = await call('local_api.copy_secret');
    setFailure(copied.ok ? null : copied.failure);
    if (copied.ok) announce(said.copied);
  };
  return (
    <>
      <p className="secret-label" id="client-secret-label">
        {said.label}
      </p>
      <p className="secret" aria-labelledby="client-secret-label">
        <code data-testid="client-secret" ref={place} />
      </p>
      <div className="secret-copy">
        <Button look={isCopied ? 'standard' : 'primary'} icon={isCopied ? 'check' : 'copy'} onPress={() => void copy()}>
          {said.copy}
        </Button>
        <span className="form-outcome">{isCopied ? said.copied : ''}</span>
      </div>
      {failure ? <FailureNotice failure={failure} retry={() => void copy()} /> : null}
      <p>
        {said.where} <code className="secret-variable">{said.variable}</code>
      </p>
      <p>
        {said.restart} {said.lost}
      </p>
    </>
  );
}
