import { useEffect, useState } from 'react';
import type { HeadOfficeMessage } from '../../src-shared/window/ipc-contract.ts';
import { qrCode } from '../../src-shared/text/qr-code.ts';
import type { Result } from '../../src-shared/result.ts';
import { words } from '../../src-shared/words/words.ts';
import { call } from '../state/bridge.ts';
import { FailureNotice } from '../failure/FailureNotice.tsx';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';
import { ModalDialog } from '../controls/ModalDialog.tsx';
import { QrPicture } from '../controls/QrPicture.tsx';

/** The message for a person who is allowed to sign in, and the ways to send it. */
export default function HeadOfficeDialog({ onClosed }: { readonly onClosed: () => void }) {
  const [read, setRead] = useState<Result<HeadOfficeMessage> | null>(null);
  const [sent, setSent] = useState<{ readonly result: Result<null>; readonly said: string } | null>(null);
  const [qrShown, setQrShown] = useState(false);
  useEffect(() => void call('head_office.read').then(setRead), []);
  const hand = async (to: 'head_office.copy' | 'head_office.mail', said: string) => {
    // A screen reader repeats a sentence only if it disappears first.
    setSent(null);
    setSent({ result: await call(to), said });
  };
  const copy = () => hand('head_office.copy', words.headOffice.copied);
  const mail = () => hand('head_office.mail', words.headOffice.mailOpened);
  const showQr = async () => {
    setQrShown(!qrShown);
    if (!qrShown) setSent(null);
    if (!qrShown) await call('head_office.show_qr');
  };
  // The dialog opens with its message, so that the focus begins there.
  if (!read) return null;
  const message = read.ok ? read.value : null;
  const mailto = message?.mailto;
  const code = mailto === undefined ? null : qrCode(mailto, 'L');
  return (
    <ModalDialog heading={words.headOffice.heading} onClosed={onClosed} explains={<p>{words.headOffice.explains}</p>}>
      {(close) => (
        <>
          {read.ok ? null : <FailureNotice failure={read.failure} takesFocus />}
          {message && !qrShown ? (
            <textarea
              className="message-text"
              readOnly
              rows={15}
              aria-label={words.headOffice.messageLabel}
              value={message.lines.join('\n')}
            />
          ) : null}
          {code && qrShown ? (
            <figure className="qr message-qr">
              <QrPicture code={code} label={words.headOffice.phoneAlternative} modulePixels={3} />
              <figcaption>{words.headOffice.phoneNote}</figcaption>
            </figure>
          ) : null}
          {message && !code ? <p>{words.headOffice.tooLong}</p> : null}
          <output className="copied">
            {sent?.result.ok ? (
              <>
                <Icon name="check" />
                {sent.said}
              </>
            ) : null}
          </output>
          {sent?.result.ok === false ? <FailureNotice failure={sent.result.failure} takesFocus /> : null}
          <div className="dialog-actions">
            {message ? (
              <Button look="primary" icon="copy" onPress={() => void copy()}>
                {words.headOffice.copy}
              </Button>
            ) : null}
            {mailto === undefined ? null : (
              <Button icon="mail" onPress={() => void mail()}>
                {words.headOffice.mail}
              </Button>
            )}
            {code ? (
              <Button icon={qrShown ? 'back' : 'phone'} onPress={() => void showQr()}>
                {qrShown ? words.headOffice.showMessage : words.headOffice.phone}
              </Button>
            ) : null}
            <Button look="quiet" onPress={close}>
              {words.headOffice.close}
            </Button>
          </div>
        </>
      )}
    </ModalDialog>
  );
}
