import { useRef, useState } from 'react';
import type { CertificateQuestionView } from '../../src-shared/authorization-pane/certificate-question.ts';
import { words } from '../../src-shared/words/words.ts';
import { send } from '../state/bridge.ts';
import { ChoiceCards } from '../controls/ChoiceCards.tsx';
import { DialogForm } from '../controls/DialogForm.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';

const said = words.certificate;

/**
 * Asks which client certificate a server of the pane may get. None is chosen at first, even if there is only one: a person who types
 * in the page when the question appears must not answer it by a key.
 */
export default function CertificateDialog({ question }: { readonly question: CertificateQuestionView }) {
  const { id, origin, certificates } = question;
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [trouble, setTrouble] = useState<string>();
  const cancel = () => send('sign_in.cancel', { id });
  const submit = () => {
    const [place] = chosen;
    if (place !== undefined) return send('sign_in.choose_certificate', { id, certificate: Number(place) });
    setTrouble(said.missing);
    return form.current?.querySelector('input')?.focus();
  };
  return (
    <ModalDialog
      heading={said.heading}
      onEscape={cancel}
      explains={
        <>
          <p>{said.why(origin)}</p>
          <p className="section-note">{said.kept}</p>
        </>
      }
    >
      {() => (
        <DialogForm form={form} submit={said.submit} cancel={said.cancel} onSubmit={submit} onCancel={cancel}>
          <ChoiceCards
            kind="radio"
            name="certificate"
            legend={said.legend}
            hint={said.hint}
            choices={certificates.map(({ subject, issuer, validUntilAt }, place) => ({
              value: String(place),
              label: subject || said.unnamed,
              note: said.note(issuer, validUntilAt),
            }))}
            chosen={chosen}
            trouble={trouble}
            onChange={setChosen}
          />
        </DialogForm>
      )}
    </ModalDialog>
  );
}
