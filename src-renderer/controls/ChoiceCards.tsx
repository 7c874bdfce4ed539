import { useId } from 'react';

interface ChoiceCard<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly note: string;
}

interface ChoiceCardsProps<V extends string> {
  /** Whether one choice or any number can be chosen. */
  readonly kind: 'radio' | 'checkbox';
  /** The `name` of the inputs, which groups them in their form. */
  readonly name: string;
  readonly legend: string;
  readonly hint: string;
  readonly choices: readonly ChoiceCard<V>[];
  readonly chosen: readonly V[];
  readonly trouble?: string | undefined;
  /** Gets the chosen values, in the order of `choices`. */
  readonly onChange: (chosen: readonly V[]) => void;
}

/** A question with its answers as cards. Each card has a note that explains it. */
export function ChoiceCards<V extends string>(props: ChoiceCardsProps<V>) {
  const { kind, legend, hint, choices, trouble } = props;
  const id = useId();
  const troubleId = trouble ? ` ${id}-trouble` : '';
  const isRadio = kind === 'radio';
  return (
    <fieldset
      role={isRadio ? 'radiogroup' : undefined}
      className="form-field choice-field"
      aria-invalid={isRadio && trouble ? true : undefined}
      aria-describedby={`${id}-hint${troubleId}`}
    >
      <legend>{legend}</legend>
      <p className="form-hint" id={`${id}-hint`}>
        {hint}
      </p>
      <div className="choices" data-choices={choices.length}>
        {choices.map((choice) => (
          <Card key={choice.value} {...props} choice={choice} noteId={`${id}-${choice.value}`} troubleId={troubleId} />
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

interface CardProps<V extends string> extends ChoiceCardsProps<V> {
  readonly choice: ChoiceCard<V>;
  readonly noteId: string;
  readonly troubleId: string;
}

function Card<V extends string>(props: CardProps<V>) {
  const { kind, name, choice, choices, chosen, trouble, noteId, troubleId, onChange } = props;
  const { value, label, note } = choice;
  const choose = (on: boolean) => {
    if (kind === 'radio') return onChange([value]);
    return onChange(choices.map((one) => one.value).filter((one) => (one === value ? on : chosen.includes(one))));
  };
  return (
    <label className="choice">
      <input
        type={kind}
        name={name}
        value={value}
        checked={chosen.includes(value)}
        aria-label={label}
        aria-invalid={kind === 'checkbox' && trouble ? true : undefined}
        aria-describedby={`${noteId}${kind === 'checkbox' ? troubleId : ''}`}
        onChange={({ target }) => choose(target.checked)}
      />
      <span>
        <b>{label}</b>
        <small id={noteId}>{note}</small>
      </span>
    </label>
  );
}
