import { useState } from 'react';
import type { ExportOutcome } from '../../src-shared/window/ipc-contract.ts';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { sayExport } from '../state/exports.ts';

/** The button that saves the history as a file, and the outcome. A toast says where the file is. */
export function useExport() {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Result<ExportOutcome> | null>(null);
  const exportAgain = async () => {
    setBusy(true);
    setOutcome(null);
    const exported = await call('history.export');
    setBusy(false);
    setOutcome(exported);
    if (exported.ok) sayExport(exported);
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
  return outcome?.ok === false ? <FailureNotice failure={outcome.failure} retry={retry} /> : null;
}
