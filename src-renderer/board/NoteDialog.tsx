import { useId, useState } from 'react';
import { type BoardRow, mostNoteLength } from '../../src-shared/servers/board.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { DialogForm } from '../controls/DialogForm.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { toastDone } from '../state/toast.ts';

interface NoteDialogProps {
  readonly row: BoardRow;
  readonly onClosed: (isDone: boolean) => void;
}

/** Asks for a note about a server. An empty text deletes the note. */
export function NoteDialog({ row: { kind, id, name, note: before = '' }, onClosed }: NoteDialogProps) {
  const field = useId();
  const [note, setNote] = useState(before);
  const [failure, setFailure] = useState<Failure | null>(null);
  const said = words.board.noting;
  const keep = async (close: () => void) => {
    setFailure(null);
    const kept = await call('board.note', { key: { kind, id }, note });
    if (!kept.ok) return setFailure(kept.failure);
    toastDone(note.trim() === '' ? said.deleted(name) : said.saved(name));
    return close();
  };
  return (
    <ModalDialog heading={said.heading(name)} onClosed={() => onClosed(true)}>
      {(close) => (
        <DialogForm submit={said.confirm} cancel={words.board.cancel} onSubmit={() => keep(close)} onCancel={close}>
          <div className="form-field">
            <label htmlFor={field}>{said.label}</label>
            <textarea
              id={field}
              name="note"
              rows={3}
              value={note}
              maxLength={mostNoteLength}
              aria-describedby={`${field}-hint`}
              onChange={(event) => setNote(event.target.value)}
            />
            <p className="form-hint" id={`${field}-hint`}>
              {said.hint}
            </p>
          </div>
          {failure ? <FailureNotice failure={failure} takesFocus /> : null}
        </DialogForm>
      )}
    </ModalDialog>
  );
}
