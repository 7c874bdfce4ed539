import { useEffect, useState } from 'react';
import type { Result } from '../../src-shared/result.ts';
import { IconButton } from './Button.tsx';
import { toast } from '../state/toast.ts';

interface CopyButtonProps {
  readonly label: string;
  /** The text that is announced after copying. */
  readonly copied: string;
  readonly copy: () => Promise<Result<null>>;
}

/** Makes the main process copy something, and says whether it worked. */
export function CopyButton({ label, copied, copy }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const fading = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(fading);
  }, [isCopied]);
  const press = async () => {
    const outcome = await copy();
    setCopied(outcome.ok);
    toast(outcome, copied);
  };
  return (
    <span className="field-copy" data-copied={isCopied || undefined}>
      <IconButton icon={isCopied ? 'check' : 'copy'} label={label} onPress={() => void press()} />
    </span>
  );
}
