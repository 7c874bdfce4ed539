import type { ReactNode } from 'react';
import type { IconName } from '../../src-shared/icon-shapes.ts';
import { Icon } from './Icon.tsx';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly look?: 'primary' | 'standard' | 'quiet' | 'danger' | 'danger-primary';
  readonly icon?: IconName;
  /** Under way: says so, keeps the focus, takes no further press. */
  readonly busy?: boolean;
  readonly expanded?: boolean;
}

export function Button({ children, onPress, look = 'standard', icon, busy = false, expanded }: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-look={look}
      aria-disabled={busy || undefined}
      aria-expanded={expanded}
      onClick={() => {
        if (!busy) onPress();
      }}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </button>
  );
}

/** Sends the form that it stands in; the form takes no further one while it is busy. */
export function SubmitButton({
  children,
  look = 'primary',
  busy = false,
}: Pick<ButtonProps, 'children' | 'look' | 'busy'>) {
  return (
    <button type="submit" className="button" data-look={look} aria-disabled={busy || undefined}>
      {busy ? <span className="spinner" aria-hidden="true" /> : null}
      <span>{children}</span>
    </button>
  );
}

interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onPress: () => void;
  readonly disabled?: boolean;
}

/** A button of one icon; its name is also its tooltip. */
export function IconButton({ icon, label, onPress, disabled = false }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
