import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Failure } from '../../src-shared/result.ts';
import type { Tone } from '../../src-shared/license/status-tone.ts';
import { type FailureContext, words } from '../../src-shared/words/words.ts';
import { announce } from '../state/announcer.ts';
import { Button } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { SaveDiagnostics } from '../help/SaveDiagnostics.tsx';
import { UseLaptopButton } from '../laptop/UseLaptopButton.tsx';
import { Notice } from './Notice.tsx';
import { needsOutsideStep, useRemedy } from './remedies.ts';
import { useSupportContact } from './support-contact.ts';

interface FailureNoticeProps {
  readonly failure: Failure;
  readonly context?: FailureContext;
  readonly tone?: Tone;
  /** Repeats the action that failed. */
  readonly retry?: () => void;
  /** The page offers the retry already, so the notice has no button for it. */
  readonly pageHasRetry?: boolean;
  /** Takes the focus: the notice replaces what the person was using, or it is in a dialog, where nothing else is heard. */
  readonly takesFocus?: boolean;
  /** How the button of the remedy looks. `standard` if the page has the next action elsewhere. */
  readonly look?: 'primary' | 'standard';
  /** Replaces the button of the remedy. */
  readonly action?: ReactNode;
  /** Advice for the place where the failure occurred, shown after its meaning. */
  readonly hint?: string | undefined;
}

const repeating = new Set<Failure['remedy']>([
  'try_again',
  'get_new_code',
  'start_again',
  'choose_another_device',
  'authorize_again',
  'unlock_keychain',
]);

/**
 * Does the notice of this failure offer a laptop? It does if the Authorization server cannot be reached, or after a restart of the console,
 * which forgets a laptop that helped it.
 */
export function offersLaptop(failure: Pick<Failure, 'remedy' | 'code'> | undefined): boolean {
  return failure?.remedy === 'check_connection' || failure?.code === 'acquisition_interrupted';
}

/** Shows what failed, what that means, one next action, and the code for support in small type. */
export function FailureNotice({
  failure,
  context,
  tone = 'caution',
  retry,
  pageHasRetry = false,
  takesFocus = false,
  look = 'primary',
  action,
  hint,
}: FailureNoticeProps) {
  const said = words.failureWords(failure, context);
  const { headline } = said;
  const meaning = hint === undefined ? said.meaning : `${said.meaning} ${hint}`;
  const remedy = useRemedy();
  const box = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState<string>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (takesFocus) box.current?.focus();
    else announce(words.inSentences({ headline, meaning }));
  }, [takesFocus, headline, meaning]);
  const label = failure.remedy === 'try_again' && (!retry || pageHasRetry) ? null : words.remedyLabel(failure.remedy);
  const press = () => {
    const going = remedy(failure, retry);
    if (!going) return;
    setBusy(failure.remedy === 'try_without_resource');
    void going.then((said) => {
      setBusy(false);
      setNote(said);
    });
  };
  return (
    <Notice
      tone={tone}
      headline={headline}
      meaning={meaning}
      failure={failure}
      boxRef={box}
      actions={
        action === undefined ? (
          <>
            {label ? (
              <Button look={look} busy={busy} onPress={press}>
                {label}
              </Button>
            ) : null}
            {retry && !pageHasRetry && !repeating.has(failure.remedy) ? (
              <Button onPress={retry}>{words.remedyLabel('try_again')}</Button>
            ) : null}
            {offersLaptop(failure) ? <UseLaptopButton /> : null}
            {failure.remedy === 'copy_for_support' ? (
              <>
                <SaveDiagnostics />
                <ContactSupport />
              </>
            ) : null}
            {needsOutsideStep(failure) ? (
              <Button onPress={() => void remedy({ ...failure, remedy: 'check_connection' })}>
                {words.remedyLabel('check_connection')}
              </Button>
            ) : null}
          </>
        ) : (
          action
        )
      }
      note={note}
    />
  );
}

/** Leads to the phone number or the address, if an administrator has given one. */
function ContactSupport() {
  const { go } = useConsole();
  if (useSupportContact()?.state !== 'set') return null;
  return <Button onPress={() => go({ page: 'help', topic: 'support' })}>{words.support.contact}</Button>;
}
