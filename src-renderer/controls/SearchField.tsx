import type { RefObject } from 'react';
import { useFind } from '../frame/find.ts';
import { Icon } from './Icon.tsx';

interface SearchFieldProps {
  readonly name: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** The search of a page. Ctrl+F leads to it, and Escape clears it. */
export function SearchField({ name, label, placeholder, value, onChange, field }: SearchFieldProps) {
  useFind(() => {
    field.current?.focus();
    field.current?.select();
  });
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        ref={field}
        type="search"
        name={name}
        aria-label={label}
        title={label}
        placeholder={placeholder}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onChange('');
        }}
      />
    </div>
  );
}
