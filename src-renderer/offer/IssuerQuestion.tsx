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
  /** The person has chosen No. */
  readonly refused: boolean;
}

/** Asks whether the Authorization server that a paired server names may be reached through this computer. */
export function IssuerQuestion({ id, name, issuer, look, refused }: IssuerQuestionProps) {
  const [again, setAgain] = useState(false);
  if (refused && !again)
    return (
      <>
        <p>{words.offer.denied}</p>
        <div className="step-actions">
          <Button onPress={() => setAgain(true)}>{words.offer.askAgain}</Button>
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
        <Button
          onPress={() => {
            setAgain(false);
            send('offer.refuse_issuer', { id, issuer });
          }}
        >
          {words.offer.no}
        </Button>
      </div>
    </>
  );
}
