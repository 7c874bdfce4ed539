import { useState } from 'react';
import type { ExportOutcome } from '../../src-shared/ipc-contract.ts';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Notice } from '../failure/Notice.tsx';
import { announce } from '../frame/announcer.ts';
import { Button } from '../frame/Button.tsx';

/** The button that saves the history as a file, and the outcome. */
export function useExport() {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Result<ExportOutcome> | null>(null);
  const exportAgain = async () => {
    setBusy(true);
    setOutcome(null);
    const exported = await call('history.export');
    setBusy(false);
    setOutcome(exported);
    if (exported.ok && exported.value.state === 'saved') announce(words.history.exported(exported.value.fileName));
  };
  const button = (
    <Button icon="save" busy={busy} onPress={() => void exportAgain()}>
      {words.history.exportCsv}
    </Button>
  );
  return { button, outcome, exportAgain: () => void exportAgain() };
}

interface ExportOutcomeNoteProps {
  readonly outcome: Result<ExportOutcome> | null;
  readonly retry: () => void;
}

export function ExportOutcomeNote({ outcome, retry }: ExportOutcomeNoteProps) {
  if (outcome === null) return null;
  if (!outcome.ok) return <FailureNotice failure={outcome.failure} retry={retry} />;
  if (outcome.value.state === 'cancelled') return null;
  return <Notice tone="good" headline={words.history.exported(outcome.value.fileName)} />;
}
