import type { ReactNode, Ref } from 'react';
import { Button, SubmitButton } from './Button.tsx';

interface DialogFormProps {
  readonly form?: Ref<HTMLFormElement>;
  readonly submit: string;
  readonly cancel: string;
  readonly onSubmit: () => unknown;
  readonly onCancel: () => void;
  /** The action is in progress: further submits are ignored. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** The form in a dialog. Its fields are above the button that submits it. */
export function DialogForm({ form, submit, cancel, onSubmit, onCancel, busy = false, children }: DialogFormProps) {
  return (
    <form
      className="form dialog-form"
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void onSubmit();
      }}
    >
      {children}
      <div className="dialog-actions">
        <SubmitButton busy={busy}>{submit}</SubmitButton>
        <Button onPress={onCancel}>{cancel}</Button>
      </div>
    </form>
  );
}

/** Moves the focus to the first invalid field, once the fields show that they are. */
export function focusInvalidField(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
