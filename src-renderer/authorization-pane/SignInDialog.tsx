import { useRef, useState } from 'react';
import type { SignInQuestionView } from '../../src-shared/authorization-pane/sign-in-question.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { DialogForm } from '../controls/DialogForm.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { TextField } from '../controls/TextField.tsx';

const said = words.signIn;

/** Asks for the name and the password that a server wants, in the console's own window and never in the page of that server. */
export default function SignInDialog({ question }: { readonly question: SignInQuestionView }) {
  const { id, kind, origin, again, encrypted } = question;
  const isProxy = kind === 'proxy';
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [trouble, setTrouble] = useState<string>();
  const cancel = () => send('sign_in.cancel', { id });
  const submit = () => {
    if (name) return send('sign_in.answer', { id, name, password });
    setTrouble(said.nameMissing);
    return form.current?.querySelector('input')?.focus();
  };
  return (
    <ModalDialog
      heading={said.heading}
      onEscape={cancel}
      explains={
        <>
          {again ? <p>{isProxy ? said.againProxy : said.again}</p> : null}
          <p>{isProxy ? said.whyProxy(origin) : said.why(origin)}</p>
          {encrypted ? null : <p>{isProxy ? said.unencryptedProxy : said.unencrypted}</p>}
          <p className="section-note">{isProxy ? said.kept : said.notKept}</p>
        </>
      }
    >
      {() => (
        <DialogForm form={form} submit={said.submit} cancel={said.cancel} onSubmit={submit} onCancel={cancel}>
          <TextField
            name="userName"
            label={said.name}
            value={name}
            maxLength={1000}
            trouble={trouble}
            onChange={setName}
          />
          <TextField
            name="password"
            label={said.password}
            value={password}
            maxLength={1000}
            secret
            optional
            onChange={setPassword}
          />
        </DialogForm>
      )}
    </ModalDialog>
  );
}
