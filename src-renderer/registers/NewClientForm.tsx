import { useRef, useState } from 'react';
import {
  type ClientPermission,
  clientPermissions,
  newClientSchema,
} from '../../src-shared/registers/local-api-view.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { ChoiceCards } from '../controls/ChoiceCards.tsx';
import { DialogForm, focusInvalidField } from '../controls/DialogForm.tsx';
import { TextField } from '../controls/TextField.tsx';

interface NewClientFormProps {
  readonly onCancel: () => void;
}

interface Troubles {
  readonly name?: string;
  readonly may?: string;
}

const said = words.clients.creation;
const permissionChoices = clientPermissions.map((value) => ({ value, ...words.clients.may[value] }));

/** Asks for a client's name and permissions. Preselects what the POS server needs. The secret then replaces this form. */
export function NewClientForm({ onCancel }: NewClientFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState('');
  const [may, setMay] = useState<readonly ClientPermission[]>(clientPermissions);
  const [busy, setBusy] = useState(false);
  const [troubles, setTroubles] = useState<Troubles>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const refuse = (found: Troubles) => {
    setTroubles(found);
    focusInvalidField(form.current);
  };
  const submit = async () => {
    setFailure(null);
    setTroubles({});
    if (may.length === 0) return refuse({ may: said.mayMissing });
    const wanted = newClientSchema.safeParse({ name, may });
    if (!wanted.success) return refuse({ name: said.nameMissing });
    setBusy(true);
    const created = await call('local_api.create_client', wanted.data);
    if (created.ok) return undefined;
    setBusy(false);
    if (created.failure.code !== 'client_name_taken') return setFailure(created.failure);
    return refuse({ name: words.inSentences(words.failureWords(created.failure)) });
  };
  return (
    <DialogForm form={form} submit={said.submit} cancel={said.cancel} onSubmit={submit} onCancel={onCancel} busy={busy}>
      <TextField
        name="clientName"
        label={said.name}
        value={name}
        maxLength={60}
        hint={said.nameHint}
        trouble={troubles.name}
        onChange={setName}
      />
      <ChoiceCards
        kind="checkbox"
        name="may"
        legend={said.mayLegend}
        hint={said.mayHint}
        choices={permissionChoices}
        chosen={may}
        trouble={troubles.may}
        onChange={setMay}
      />
      {failure ? <FailureNotice failure={failure} /> : null}
    </DialogForm>
  );
}
