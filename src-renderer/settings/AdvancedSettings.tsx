import { useId } from 'react';
import { settingLengths } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import type { DraftField, ProfileDraft } from '../../src-shared/servers/profile-draft.ts';
import { TextField } from '../controls/TextField.tsx';

interface AdvancedSettingsProps {
  readonly draft: ProfileDraft;
  readonly troubles: Partial<Record<DraftField, string>>;
  readonly isInUse: boolean;
  readonly change: (changed: Partial<ProfileDraft>) => void;
}

const fields = [
  { name: 'clientId', optional: false, hint: words.profileForm.clientIdHint },
  { name: 'scope', optional: false, hint: words.profileForm.scopeHint },
  { name: 'resource', optional: true, hint: words.profileForm.resourceHint },
  { name: 'audience', optional: true, hint: words.profileForm.audienceHint },
  { name: 'startAddress', optional: true, hint: words.profileForm.startAddressHint },
  { name: 'signInHosts', optional: true, hint: words.profileForm.signInHostsHint },
  { name: 'integratedSignInHosts', optional: true, hint: words.profileForm.integratedSignInHostsHint },
] as const;

/** Settings that only a person who runs an Authorization server changes. */
export function AdvancedSettings({ draft, troubles, isInUse, change }: AdvancedSettingsProps) {
  const dpopId = useId();
  return (
    <details className="advanced">
      <summary>{words.profileForm.advanced}</summary>
      <p className="form-hint">{words.profileForm.advancedNote}</p>
      {fields.map(({ name, optional, hint }) => {
        const fixed = isInUse && name === 'clientId';
        return (
          <TextField
            key={name}
            name={name}
            label={words.profileForm[name]}
            value={draft[name]}
            maxLength={settingLengths[name]}
            optional={optional}
            hint={fixed ? words.profileForm.fixed : hint}
            fixed={fixed}
            trouble={troubles[name]}
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
