import { useId } from 'react';

interface FilterChoiceProps<F extends string> {
  readonly legend: string;
  readonly choices: readonly { readonly value: F; readonly label: string }[];
  readonly value: F;
  readonly onChange: (filter: F) => void;
}

/** Chooses which entries of a list are shown. All choices are visible. */
export function FilterChoice<F extends string>({ legend, choices, value, onChange }: FilterChoiceProps<F>) {
  const name = useId();
  return (
    <fieldset role="radiogroup" className="filter-choices">
      <legend className="visually-hidden">{legend}</legend>
      {choices.map((choice) => (
        <label className="filter-choice" key={choice.value}>
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
