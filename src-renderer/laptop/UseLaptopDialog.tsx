import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call, send } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { DialogForm, focusInvalidField } from '../controls/DialogForm.tsx';
import { useConsole } from '../state/console-context.ts';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import type { NearbyLaptop } from '../../src-shared/pairing/pairing.ts';
import { TextField } from '../controls/TextField.tsx';
import { useNearbyLaptops } from './nearby-laptops.ts';
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
  const nearby = useNearbyLaptops();
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = (laptop: NearbyLaptop) => {
    setAddress(laptop.address);
    setMissing(null);
    goToCode(form.current);
  };
  const only = nearby.length === 1 ? nearby[0] : undefined;
  const offered = useRef(new Set<string>());
  // A store has one laptop. Its address is filled in once; what a person types or deletes stays.
  useEffect(() => {
    if (!only || address !== '' || offered.current.has(only.address)) return;
    offered.current.add(only.address);
    setAddress(only.address);
    if (document.activeElement?.getAttribute('name') === 'laptopAddress') goToCode(form.current);
  }, [only, address]);
  const connect = async (close: () => void) => {
    setFailure(null);
    const typed = typedPairing(address, code);
    setMissing(typed.missing);
    if (typed.missing !== null) return focusInvalidField(form.current);
    setBusy(true);
    const paired = await call('laptop.pair', { address: typed.address, code: typed.code });
    setBusy(false);
    if (paired.ok) return close();
    return setFailure(paired.failure);
  };
  const leave = (close: () => void) => {
    if (busy || laptop?.state === 'connecting') send('laptop.end');
    close();
  };
  return (
    <ModalDialog heading={said.heading} explains={<p>{said.meaning}</p>} onEscape={leave} onClosed={onClosed}>
      {(close) => (
        <DialogForm
          form={form}
          submit={said.connect}
          cancel={said.cancel}
          onSubmit={() => connect(close)}
          onCancel={() => leave(close)}
          busy={busy}
        >
          <NearbyChoice nearby={nearby} onChoose={choose} />
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
        </DialogForm>
      )}
    </ModalDialog>
  );
}

function goToCode(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLInputElement>('[name="pairingCode"]')?.focus();
}

interface NearbyChoiceProps {
  readonly nearby: readonly NearbyLaptop[];
  readonly onChoose: (laptop: NearbyLaptop) => void;
}

/** The laptops that were found, so that nobody has to type an address. */
function NearbyChoice({ nearby, onChoose }: NearbyChoiceProps) {
  const said = words.laptop.dialog;
  return (
    <div className="nearby">
      <output className="section-note">{said.found(nearby.length)}</output>
      {nearby.map((laptop) => (
        <Button key={laptop.address} onPress={() => onChoose(laptop)}>
          {said.nearbyLaptop(laptop)}
        </Button>
      ))}
    </div>
  );
}
