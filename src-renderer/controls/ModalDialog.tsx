import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { usePaneCover } from '../state/console-context.ts';
import { focusFirstAction } from './first-action.ts';

interface ModalDialogProps {
  readonly heading: string;
  /** Called after the dialog was closed by Escape or by `close`. */
  readonly onClosed?: () => void;
  /** Called on Escape, instead of closing the dialog. */
  readonly onEscape?: ((close: () => void) => void) | undefined;
  /**
   * What the question means, if the answer cannot be undone. A screen reader reads it with the heading, and the focus begins at
   * the last button, which changes nothing.
   */
  readonly grave?: ReactNode;
  /** What the question means. A screen reader reads it with the heading, and the focus begins at the first field. */
  readonly explains?: ReactNode;
  /** The content needs the width of the window. */
  readonly wide?: boolean;
  /** The content. `close` closes the dialog, and the focus returns to where it was. */
  readonly children: (close: () => void) => ReactNode;
}

/** A question in a modal dialog. */
export function ModalDialog({
  heading,
  onClosed,
  onEscape,
  grave,
  explains,
  wide = false,
  children,
}: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [closing, setClosing] = useState(false);
  const close = () => setClosing(true);
  const isGrave = grave !== undefined;
  const meaning = grave ?? explains;
  usePaneCover(true);
  // Not a later effect: a dialog that is already removed from the page does not return the focus.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    if (isGrave) element?.querySelector<HTMLElement>('.dialog-actions .button:last-child')?.focus();
    else if (element) focusFirstAction(element);
    return () => element?.close();
  }, [isGrave]);
  useEffect(() => {
    if (closing) dialog.current?.close();
  }, [closing]);
  return (
    <dialog
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      ref={dialog}
      aria-labelledby={id}
      aria-describedby={meaning ? `${id}-grave` : undefined}
      onClose={onClosed}
      onCancel={(event) => {
        if (!onEscape) return;
        event.preventDefault();
        onEscape(close);
      }}
    >
      <h2 id={id}>{heading}</h2>
      {meaning ? (
        <div className="dialog-grave" id={`${id}-grave`}>
          {meaning}
        </div>
      ) : null}
      {children(close)}
    </dialog>
  );
}
