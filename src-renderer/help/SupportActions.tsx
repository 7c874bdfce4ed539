import { type ReactNode, useState } from 'react';
import type { Failure } from '../../src-shared/result.ts';
import { helpWords } from '../../src-shared/words/help-words.ts';
import { words } from '../../src-shared/words/words.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { call } from '../state/bridge.ts';
import { copyForSupport } from '../failure/remedies.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { SaveDiagnostics } from './SaveDiagnostics.tsx';

/** Buttons that copy the support summary and open the folder of the log, for use without a particular failure. `children`: more buttons. */
export function SupportActions({ children }: { readonly children?: ReactNode }) {
  const [outcome, setOutcome] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const open = async () => {
    const opened = await call('support.open_log_folder');
    setFailure(opened.ok ? null : opened.failure);
    setOutcome(opened.ok ? words.about.logFolderOpened : '');
    if (opened.ok) announce(words.about.logFolderOpened);
  };
  return (
    <>
      <div className="step-actions">
        <Button icon="copy" onPress={() => void copyForSupport('none').then(setOutcome)}>
          {helpWords.support.copy}
        </Button>
        <SaveDiagnostics />
        <Button onPress={() => void open()}>{words.about.openLogFolder}</Button>
        {children}
        <span className="form-outcome">{outcome}</span>
      </div>
      {failure ? <FailureNotice failure={failure} retry={() => void open()} /> : null}
    </>
  );
}
