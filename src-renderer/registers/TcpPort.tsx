import { type FormEvent, useState } from 'react';
import { type LocalApiSettings, tcpPortSchema } from '../../src-shared/registers/local-api-view.ts';
import { words } from '../../src-shared/words/words.ts';
import { announce } from '../state/announcer.ts';
import { SubmitButton } from '../controls/Button.tsx';
import { toastDone } from '../state/toast.ts';
import { TextField } from '../controls/TextField.tsx';
import type { LocalApiChange } from './local-api-change.ts';

interface TcpPortProps {
  readonly settings: LocalApiSettings;
  readonly port: number;
  readonly changes: LocalApiChange;
}

/** The port of loopback TCP. Nothing is changed until the person submits the form. */
export function TcpPort({ settings, port, changes }: TcpPortProps) {
  // A draft belongs to the port it was typed over. If that port changes, the draft is dropped, but the field is not remounted.
  const [typed, setTyped] = useState({ over: port, text: String(port) });
  const draft = typed.over === port ? typed.text : String(port);
  const [trouble, setTrouble] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = /^\d+$/.test(draft.trim()) ? tcpPortSchema.safeParse(Number(draft.trim())) : null;
    setTrouble(wanted?.success ? '' : words.localApi.portTrouble);
    if (!wanted?.success) announce(words.localApi.portTrouble);
    if (wanted?.success)
      changes.change({ ...settings, tcpPort: wanted.data }, words.localApi.portKept(wanted.data), toastDone);
  };
  return (
    <form className="port-form" noValidate onSubmit={submit}>
      <TextField
        name="tcpPort"
        label={words.localApi.port}
        value={draft}
        inputMode="numeric"
        maxLength={6}
        hint={words.localApi.portHint}
        trouble={trouble || undefined}
        onChange={(text) => setTyped({ over: port, text })}
      />
      <SubmitButton look="standard" busy={changes.changing}>
        {words.localApi.takePort}
      </SubmitButton>
    </form>
  );
}
