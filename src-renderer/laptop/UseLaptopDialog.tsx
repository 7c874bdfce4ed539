import { type FormEvent, useRef, useState } from 'react';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button, SubmitButton } from '../controls/Button.tsx';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { TextField } from '../controls/TextField.tsx';
import { type TypedPairing, typedPairing } from './typed-pairing.ts';

/** The longest text of a QR code, which a barcode scanner may type into either field. */
const longestTyped = 1000;

/** Pairs the shown server with a laptop. */
export default function UseLaptopDialog({ onClosed }: { readonly onClosed: () => void }) {
  const { laptop } = useConsole().state;
  const form = useRef<HTMLFormElement>(null);
  const said = words.laptop.dialog;
  const [address, setAddress] = useState('');
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState<TypedPairing['missing']>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const connect = async (event: FormEvent, close: () => void) => {
    event.preventDefault();
    if (busy) return;
    setFailure(null);
    const typed = typedPairing(address, code);
    setMissing(typed.missing);
    if (typed.missing !== null) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setBusy(true);
    const paired = await call('laptop.pair', { address: typed.address, code: typed.code });
    setBusy(false);
    if (paired.ok) return close();
    setFailure(paired.failure);
  };
  const leave = (close: () => void) => {
    if (busy || laptop?.state === 'connecting') send('laptop.end');
    close();
  };
  return (
    <ModalDialog heading={said.heading} explains={<p>{said.meaning}</p>} onEscape={leave} onClosed={onClosed}>
      {(close) => (
        <form className="form dialog-form" ref={form} noValidate onSubmit={(event) => void connect(event, close)}>
          <TextField
            name="laptopAddress"
            label={said.address}
            value={address}
            maxLength={longestTyped}
            hint={said.addressHint}
            trouble={missing === 'both' ? said.missing : undefined}
            onChange={(changed) => {
              setAddress(changed);
              setMissing(null);
            }}
          />
          <TextField
            name="pairingCode"
            label={said.code}
            value={code}
            maxLength={longestTyped}
            hint={said.codeHint}
            trouble={missing === 'code' ? said.missingCode : undefined}
            onChange={(changed) => {
              setCode(changed);
              setMissing(null);
            }}
          />
          {failure ? <FailureNotice failure={failure} takesFocus action={null} /> : null}
          {busy ? <p className="step-live">{said.connecting(laptop?.address ?? '')}</p> : null}
          <div className="dialog-actions">
            <SubmitButton busy={busy}>{said.connect}</SubmitButton>
            <Button onPress={() => leave(close)}>{said.cancel}</Button>
          </div>
        </form>
      )}
    </ModalDialog>
  );
}
