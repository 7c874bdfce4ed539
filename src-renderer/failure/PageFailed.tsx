import { useEffect, useState } from 'react';
import { failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { SaveDiagnostics } from '../help/SaveDiagnostics.tsx';
import { Notice } from './Notice.tsx';
import { copyForSupport } from './remedies.ts';

const failed = failure('page_failed');

/** Replaces a part of the window that could not be shown. Does not use the console's state, which may be the cause. */
export function PageFailed({ again }: { readonly again: () => void }) {
  const [note, setNote] = useState<string>();
  const { headline, meaning } = words.failureWords(failed);
  useEffect(() => announce(words.inSentences({ headline, meaning })), [headline, meaning]);
  return (
    <Notice
      tone="caution"
      headline={headline}
      meaning={meaning}
      failure={failed}
      note={note}
      actions={
        <>
          <Button look="primary" icon="reload" onPress={again}>
            {words.remedyLabel(failed.remedy)}
          </Button>
          <Button icon="copy" onPress={() => void copyForSupport(failed.code).then(setNote)}>
            {words.remedyLabel('copy_for_support')}
          </Button>
          <SaveDiagnostics />
        </>
      }
    />
  );
}
