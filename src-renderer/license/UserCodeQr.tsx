import { qrCode } from '../../src-shared/text/qr-code.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../controls/Icon.tsx';
import { QrPicture } from '../controls/QrPicture.tsx';

/** The verification address as a QR code, always dark on light. Only as text if it is too long for a QR code. */
export default function UserCodeQr({ address, otherSite }: { readonly address: string; readonly otherSite: boolean }) {
  const code = qrCode(address, 'M');
  return (
    <figure className="qr">
      {code ? <QrPicture code={code} label={words.acquisition.qrAlternative(address)} /> : null}
      <figcaption>
        <p>{code ? words.acquisition.qrNote : words.acquisition.qrTooLong}</p>
        <p className="qr-address">{address}</p>
        {otherSite ? (
          <p className="address-warning">
            <Icon name="warning" />
            {words.pane.otherSite}
          </p>
        ) : null}
      </figcaption>
    </figure>
  );
}
