import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { usePaneCover } from './console-context.ts';

interface ModalDialogProps {
  readonly heading: string;
  /** It has been closed, by Escape or by `close`. */
  readonly onClosed?: () => void;
  /** Escape was pressed: in place of closing. */
  readonly onEscape?: ((close: () => void) => void) | undefined;
  /** What stands in it; `close` closes it, and the focus goes back to where it came from. */
  readonly children: (close: () => void) => ReactNode;
}

/** A question over everything else. */
export function ModalDialog({ heading, onClosed, onEscape, children }: ModalDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [closing, setClosing] = useState(false);
  const close = () => setClosing(true);
  usePaneCover(true);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    if (closing) dialog.current?.close();
  }, [closing]);
  return (
    <dialog
      className="dialog"
      ref={dialog}
      aria-labelledby={id}
      onClose={onClosed}
      onCancel={(event) => {
        if (!onEscape) return;
        event.preventDefault();
        onEscape(close);
      }}
    >
      <h2 id={id}>{heading}</h2>
      {children(close)}
    </dialog>
  );
}
