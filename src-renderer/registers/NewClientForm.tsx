import { type FormEvent, useId, useRef, useState } from 'react';
import { type ClientPermission, clientPermissions, newClientSchema } from '../../src-shared/local-api-view.ts';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button, SubmitButton } from '../frame/Button.tsx';
import { TextField } from '../settings/TextField.tsx';

interface NewClientFormProps {
  readonly onCancel: () => void;
}

interface Troubles {
  readonly name?: string;
  readonly may?: string;
}

const said = words.clients.creation;

/** What a client is called and what it may do; at first what the POS server needs. Its secret comes in this form's place. */
export function NewClientForm({ onCancel }: NewClientFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState('');
  const [may, setMay] = useState<readonly ClientPermission[]>(clientPermissions);
  const [busy, setBusy] = useState(false);
  const [troubles, setTroubles] = useState<Troubles>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const refuse = (found: Troubles) => {
    setTroubles(found);
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
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
    const { headline, meaning } = words.failureWords(created.failure);
    return refuse({ name: `${headline}. ${meaning}` });
  };
  return (
    <form className="form dialog-form" ref={form} noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        name="clientName"
        label={said.name}
        value={name}
        maxLength={60}
        hint={said.nameHint}
        trouble={troubles.name}
        onChange={setName}
      />
      <Permissions may={may} trouble={troubles.may} onChange={setMay} />
      {failure ? <FailureNotice failure={failure} /> : null}
      <div className="dialog-actions">
        <SubmitButton busy={busy}>{said.submit}</SubmitButton>
        <Button onPress={onCancel}>{said.cancel}</Button>
      </div>
    </form>
  );
}

interface PermissionsProps {
  readonly may: readonly ClientPermission[];
  readonly trouble: string | undefined;
  readonly onChange: (may: readonly ClientPermission[]) => void;
}

function Permissions({ may, trouble, onChange }: PermissionsProps) {
  const id = useId();
  return (
    <fieldset className="form-field" aria-describedby={`${id}-hint${trouble ? ` ${id}-trouble` : ''}`}>
      <legend>{said.mayLegend}</legend>
      <p className="form-hint" id={`${id}-hint`}>
        {said.mayHint}
      </p>
      {clientPermissions.map((permission) => (
        <div className="check-row" key={permission}>
          <input
            id={`${id}-${permission}`}
            name={permission}
            type="checkbox"
            checked={may.includes(permission)}
            aria-invalid={trouble ? true : undefined}
            aria-describedby={`${id}-${permission}-note${trouble ? ` ${id}-trouble` : ''}`}
            onChange={({ target }) =>
              onChange(clientPermissions.filter((one) => (one === permission ? target.checked : may.includes(one))))
            }
          />
          <div>
            <label htmlFor={`${id}-${permission}`}>{words.clients.may[permission].label}</label>
            <small id={`${id}-${permission}-note`}>{words.clients.may[permission].note}</small>
          </div>
        </div>
      ))}
      {trouble ? (
        <p className="form-trouble" id={`${id}-trouble`}>
          {trouble}
        </p>
      ) : null}
    </fieldset>
  );
}
