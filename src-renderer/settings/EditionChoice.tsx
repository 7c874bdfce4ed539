import { useId } from 'react';
import { type Edition, editions } from '../../src-shared/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';

interface EditionChoiceProps {
  readonly value: Edition | null;
  readonly onChange: (edition: Edition) => void;
  readonly trouble?: string | undefined;
}

export function EditionChoice({ value, onChange, trouble }: EditionChoiceProps) {
  const id = useId();
  return (
    <fieldset
      role="radiogroup"
      className="form-field edition-choice"
      aria-invalid={trouble ? true : undefined}
      aria-describedby={`${id}-hint${trouble ? ` ${id}-trouble` : ''}`}
    >
      <legend>{words.profileForm.edition}</legend>
      <p className="form-hint" id={`${id}-hint`}>
        {words.profileForm.editionHint}
      </p>
      <div className="choices">
        {editions.map((edition) => (
          <label className="choice" key={edition}>
            <input
              type="radio"
              name="edition"
              value={edition}
              checked={value === edition}
              aria-label={words.frame.editions[edition]}
              onChange={() => onChange(edition)}
            />
            <span>
              <b>{words.frame.editions[edition]}</b>
              <small>{words.profileForm.editionNotes[edition]}</small>
            </span>
          </label>
        ))}
      </div>
      {trouble ? (
        <p className="form-trouble" id={`${id}-trouble`}>
          {trouble}
        </p>
      ) : null}
    </fieldset>
  );
}
