import { type FormEvent, useId, useState } from 'react';
import { type BoardRow, mostNoteLength } from '../../src-shared/servers/board.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button, SubmitButton } from '../controls/Button.tsx';
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
  const keep = async (event: FormEvent, close: () => void) => {
    event.preventDefault();
    setFailure(null);
    const kept = await call('board.note', { key: { kind, id }, note });
    if (!kept.ok) return setFailure(kept.failure);
    toastDone(note.trim() === '' ? said.deleted(name) : said.saved(name));
    return close();
  };
  return (
    <ModalDialog heading={said.heading(name)} onClosed={() => onClosed(true)}>
      {(close) => (
        <form
          className="form dialog-form"
          noValidate
          onSubmit={(event) => {
            void keep(event, close);
          }}
        >
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
          <div className="dialog-actions">
            <SubmitButton>{said.confirm}</SubmitButton>
            <Button onPress={close}>{words.board.cancel}</Button>
          </div>
        </form>
      )}
    </ModalDialog>
  );
}
