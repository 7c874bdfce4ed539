import { useId } from 'react';

interface SwitchRowProps {
  readonly label: string;
  readonly note: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

/** A setting that is on or off, with a note that explains it. */
export function SwitchRow({ label, note, on, disabled = false, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <div className="switch-row">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        aria-describedby={`${id}-note`}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        <small id={`${id}-note`}>{note}</small>
      </div>
    </div>
  );
}
