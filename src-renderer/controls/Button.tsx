import type { ReactNode } from 'react';
import type { IconName } from '../../src-shared/window/icon-shapes.ts';
import { Icon } from './Icon.tsx';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly look?: 'primary' | 'standard' | 'quiet' | 'danger' | 'danger-primary';
  readonly icon?: IconName;
  /** The action is in progress: the button says so, keeps the focus and ignores further presses. */
  readonly busy?: boolean;
  readonly expanded?: boolean;
  /** The id of a text that a screen reader reads with the button. */
  readonly describedBy?: string | undefined;
  /** Its name for a screen reader, if several buttons have the same text. It begins with that text. */
  readonly label?: string;
}

export function Button({
  children,
  onPress,
  look = 'standard',
  icon,
  busy = false,
  expanded,
  describedBy,
  label,
}: ButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-look={look}
      aria-disabled={busy || undefined}
      aria-expanded={expanded}
      aria-describedby={describedBy}
      aria-label={label}
      onClick={() => {
        if (!busy) onPress();
      }}
    >
      {busy ? <span className="spinner" aria-hidden="true" /> : icon ? <Icon name={icon} /> : null}
      <span>{children}</span>
    </button>
  );
}

/** Submits its form. While it is busy, the form ignores further submits. */
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
  readonly expanded?: boolean;
}

/** A button with only an icon. Its name is also its tooltip. */
export function IconButton({ icon, label, onPress, disabled = false, expanded }: IconButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      aria-expanded={expanded}
      onClick={() => {
        if (!disabled) onPress();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
