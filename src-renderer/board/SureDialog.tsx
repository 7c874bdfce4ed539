import { useRef, useState } from 'react';
import type { Failure, Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { toastDone } from '../state/toast.ts';

interface SureDialogProps {
  readonly heading: string;
  readonly meaning: readonly string[];
  readonly confirm: string;
  readonly look: 'primary' | 'danger-primary';
  readonly act: () => Promise<Result<null>>;
  /** The text of the toast afterwards. */
  readonly done: string;
  readonly onClosed: (isDone: boolean) => void;
}

/** Says what an action on a server means, then performs it. */
export function SureDialog({ heading, meaning, confirm, look, act, done, onClosed }: SureDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isDone = useRef(false);
  const perform = async (close: () => void) => {
    setFailure(null);
    setBusy(true);
    const acted = await act();
    setBusy(false);
    if (!acted.ok) return setFailure(acted.failure);
    isDone.current = true;
    toastDone(done);
    return close();
  };
  return (
    <ModalDialog
      heading={heading}
      onClosed={() => onClosed(isDone.current)}
      grave={
        <ul>
          {meaning.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      }
    >
      {(close) => (
        <>
          {failure ? <FailureNotice failure={failure} takesFocus /> : null}
          <div className="dialog-actions">
            <Button look={look} busy={busy} onPress={() => void perform(close)}>
              {confirm}
            </Button>
            <Button onPress={close}>{words.board.cancel}</Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
