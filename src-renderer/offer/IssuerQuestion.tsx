import { useState } from 'react';
import { plainIssuer } from '../../src-shared/servers/authorization-server-address.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { Button } from '../controls/Button.tsx';

interface IssuerQuestionProps {
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly look: 'primary' | 'standard';
}

/** Asks whether the Authorization server that a paired server names may be reached through this computer. */
export function IssuerQuestion({ id, name, issuer, look }: IssuerQuestionProps) {
  const [denied, setDenied] = useState(false);
  if (denied)
    return (
      <>
        <p>{words.offer.denied}</p>
        <div className="step-actions">
          <Button onPress={() => setDenied(false)}>{words.offer.askAgain}</Button>
        </div>
      </>
    );
  const { before, host, after } = words.offer.question(name, plainIssuer(issuer));
  return (
    <>
      <p className="helped-question">
        {before}
        <b data-testid="helped-issuer">{host}</b>
        {after}
      </p>
      <p className="section-note">{words.offer.questionMeaning}</p>
      <div className="step-actions">
        <Button look={look} onPress={() => send('offer.confirm_issuer', { id, issuer })}>
          {words.offer.yes}
        </Button>
        <Button onPress={() => setDenied(true)}>{words.offer.no}</Button>
      </div>
    </>
  );
}
