import { useRef, useState } from 'react';
import type { ServerView } from '../../src-shared/window/console-state.ts';
import type { Failure } from '../../src-shared/result.ts';
import { isTextOfSetting, settingLengths } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { DialogForm, focusInvalidField } from '../controls/DialogForm.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { toastDone } from '../state/toast.ts';
import { nameTaken } from './profile-submission.ts';
import { TextField } from '../controls/TextField.tsx';

interface RenameServerDialogProps {
  readonly server: ServerView;
  readonly onClosed: () => void;
}

/** Gives a server another name. Works without a connection. */
export function RenameServerDialog({ server: { id, serverName: before }, onClosed }: RenameServerDialogProps) {
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(before);
  const [known, setKnown] = useState(before);
  if (known !== before) {
    // It was renamed elsewhere, for example in a terminal. The dialog must not offer the earlier name again.
    setKnown(before);
    if (name === known) setName(before);
  }
  const [trouble, setTrouble] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const said = words.servers.renaming;
  const refuse = (why: string) => {
    setTrouble(why);
    focusInvalidField(form.current);
  };
  const rename = async (close: () => void) => {
    setFailure(null);
    setTrouble('');
    if (!isTextOfSetting('serverName', name)) return refuse(said.missing);
    const renamed = await call('profile.rename', { id, serverName: name });
    if (!renamed.ok) {
      const taken = nameTaken(renamed.failure);
      return taken ? refuse(taken) : setFailure(renamed.failure);
    }
    toastDone(said.renamed(name.trim()));
    return close();
  };
  return (
    <ModalDialog heading={said.heading(before)} onClosed={onClosed}>
      {(close) => (
        <DialogForm
          form={form}
          submit={said.confirm}
          cancel={words.servers.cancel}
          onSubmit={() => rename(close)}
          onCancel={close}
        >
          <TextField
            name="newName"
            label={words.profileForm.serverName}
            value={name}
            maxLength={settingLengths.serverName}
            hint={said.hint}
            trouble={trouble || undefined}
            onChange={(changed) => {
              setName(changed);
              setTrouble('');
            }}
          />
          {failure ? <FailureNotice failure={failure} takesFocus /> : null}
        </DialogForm>
      )}
    </ModalDialog>
  );
}
