import { type ReactNode, useEffect, useId, useRef } from 'react';

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onLeave?: () => void;
  /** This field gets the focus when the page opens. */
  readonly takesFocus?: boolean;
  readonly hint?: string | undefined;
  readonly trouble?: string | undefined;
  /** Further content about this field, such as why the server refused it. */
  readonly below?: ReactNode;
  readonly inputMode?: 'url' | 'text' | 'numeric';
  readonly maxLength: number;
  readonly optional?: boolean;
  /** The value can be read and copied, but not changed. */
  readonly fixed?: boolean;
  /** Hides what a person enters. */
  readonly secret?: boolean;
}

/** A text input with a label. Its hint and error are linked to it, so that a screen reader reads them with it. */
export function TextField({
  name,
  label,
  value,
  onChange,
  onLeave,
  takesFocus = false,
  hint,
  trouble,
  below,
  inputMode = 'text',
  maxLength,
  optional = false,
  fixed = false,
  secret = false,
}: TextFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (takesFocus) input.current?.focus();
  }, [takesFocus]);
  const described = [hint ? `${id}-hint` : '', trouble ? `${id}-trouble` : '', below ? `${id}-below` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        name={name}
        type={secret ? 'password' : 'text'}
        value={value}
        inputMode={inputMode}
        maxLength={maxLength}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        required={!optional}
        readOnly={fixed}
        aria-invalid={trouble ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onLeave}
      />
      {hint ? (
        <p className="form-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {trouble ? (
        <p className="form-trouble" id={`${id}-trouble`}>
          {trouble}
        </p>
      ) : null}
      {below ? <div id={`${id}-below`}>{below}</div> : null}
    </div>
  );
}
