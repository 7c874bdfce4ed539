import { useId } from 'react';
import { words } from '../../src-shared/words/words.ts';
import type { DraftField, ProfileDraft } from './profile-draft.ts';
import { TextField } from './TextField.tsx';

interface AdvancedSettingsProps {
  readonly draft: ProfileDraft;
  readonly missing: Partial<Record<DraftField, string>>;
  readonly isInUse: boolean;
  readonly change: (changed: Partial<ProfileDraft>) => void;
}

const fields = [
  { name: 'clientId', maxLength: 200, optional: false, hint: words.profileForm.clientIdHint },
  { name: 'scope', maxLength: 500, optional: false, hint: words.profileForm.scopeHint },
  { name: 'resource', maxLength: 500, optional: true, hint: words.profileForm.resourceHint },
  { name: 'audience', maxLength: 500, optional: true, hint: words.profileForm.audienceHint },
  { name: 'startAddress', maxLength: 2000, optional: true, hint: words.profileForm.startAddressHint },
  { name: 'signInHosts', maxLength: 1000, optional: true, hint: words.profileForm.signInHostsHint },
] as const;

/** What only somebody who runs an Authorization server ever changes. */
export function AdvancedSettings({ draft, missing, isInUse, change }: AdvancedSettingsProps) {
  const dpopId = useId();
  return (
    <details className="advanced">
      <summary>{words.profileForm.advanced}</summary>
      <p className="form-hint">{words.profileForm.advancedNote}</p>
      {fields.map(({ name, maxLength, optional, hint }) => {
        const fixed = isInUse && name === 'clientId';
        return (
          <TextField
            key={name}
            name={name}
            label={words.profileForm[name]}
            value={draft[name]}
            maxLength={maxLength}
            optional={optional}
            hint={fixed ? words.profileForm.fixed : hint}
            fixed={fixed}
            trouble={missing[name]}
            onChange={(value) => change({ [name]: value })}
          />
        );
      })}
      <div className="check-row">
        <input
          id={dpopId}
          name="dpop"
          type="checkbox"
          checked={draft.dpop}
          aria-describedby={`${dpopId}-hint`}
          onChange={(event) => change({ dpop: event.target.checked })}
        />
        <div>
          <label htmlFor={dpopId}>{words.profileForm.dpop}</label>
          <small id={`${dpopId}-hint`}>{words.profileForm.dpopHint}</small>
        </div>
      </div>
    </details>
  );
}
