import { useState } from 'react';
import { words } from '../../src-shared/words/words.ts';
import { Button } from '../frame/Button.tsx';
import { copyForSupport } from './remedies.ts';

/** Copies the support summary to the clipboard when nothing in particular has failed. */
export function CopyForSupport() {
  const [outcome, setOutcome] = useState('');
  return (
    <div className="step-actions">
      <Button
        icon="copy"
        onPress={() => {
          void copyForSupport('none').then(setOutcome);
        }}
      >
        {words.help.support.copy}
      </Button>
      <span className="form-outcome">{outcome}</span>
    </div>
  );
}
