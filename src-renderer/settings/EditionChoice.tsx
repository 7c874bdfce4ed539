import { type Edition, editions } from '../../src-shared/servers/server-profile.ts';
import { words } from '../../src-shared/words/words.ts';
import { ChoiceCards } from '../controls/ChoiceCards.tsx';

interface EditionChoiceProps {
  readonly value: Edition | null;
  readonly onChange: (edition: Edition) => void;
  readonly trouble?: string | undefined;
}

const choices = editions.map((value) => ({
  value,
  label: words.frame.editions[value],
  note: words.profileForm.editionNotes[value],
}));

export function EditionChoice({ value, onChange, trouble }: EditionChoiceProps) {
  return (
    <ChoiceCards
      kind="radio"
      name="edition"
      legend={words.profileForm.edition}
      hint={words.profileForm.editionHint}
      choices={choices}
      chosen={value === null ? [] : [value]}
      trouble={trouble}
      onChange={([chosen]) => chosen && onChange(chosen)}
    />
  );
}
