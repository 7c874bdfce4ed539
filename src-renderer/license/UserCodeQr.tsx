import { type QrCode, qrCode } from '../../src-shared/qr-code.ts';
import { words } from '../../src-shared/words/words.ts';
import { Icon } from '../frame/Icon.tsx';

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

interface QrPictureProps {
  readonly code: QrCode;
  readonly label: string;
  /** The width of a module in CSS pixels, for a code that is too dense for the usual size. A whole number keeps its edges sharp. */
  readonly modulePixels?: number;
}

/** A QR code, always dark on light. */
export function QrPicture({ code: { rows, size }, label, modulePixels }: QrPictureProps) {
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      style={modulePixels === undefined ? undefined : { width: size * modulePixels }}
    >
      <rect width={size} height={size} className="qr-light" />
      <path d={path} className="qr-dark" />
    </svg>
  );
}
