import { useRef, useState } from 'react';
import type { Failure, Result } from '../../src-shared/result.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { toastDone } from '../state/toast.ts';
import { Button } from './Button.tsx';
import { ModalDialog } from './ModalDialog.tsx';

interface ConfirmDialogProps {
  readonly heading: string;
  /** One sentence for each thing that happens. */
  readonly meaning: readonly string[];
  readonly further?: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly look: 'primary' | 'danger-primary';
  readonly act: () => Promise<Result<null>>;
  /** The text of the toast afterwards. */
  readonly done: string;
  readonly onClosed: (isDone: boolean) => void;
}

/** Says what an action means, then performs it. */
export function ConfirmDialog({
  heading,
  meaning,
  further,
  confirm,
  cancel,
  look,
  act,
  done,
  onClosed,
}: ConfirmDialogProps) {
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
        <>
          <ul>
            {meaning.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {further ? <p>{further}</p> : null}
        </>
      }
    >
      {(close) => (
        <>
          {failure ? <FailureNotice failure={failure} takesFocus /> : null}
          <div className="dialog-actions">
            <Button look={look} busy={busy} onPress={() => void perform(close)}>
              {confirm}
            </Button>
            <Button onPress={close}>{cancel}</Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
