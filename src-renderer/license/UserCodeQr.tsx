import { encode } from 'uqr';
import { words } from '../../src-shared/words/words.ts';

/** The verification address as a QR code, dark on light whatever the colours around it. */
export default function UserCodeQr({ address }: { readonly address: string }) {
  const { data, size } = encode(address, { ecc: 'M', border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <figure className="qr">
      <svg
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={words.acquisition.qrAlternative(address)}
        shapeRendering="crispEdges"
      >
        <rect width={size} height={size} className="qr-light" />
        <path d={path} className="qr-dark" />
      </svg>
      <figcaption>
        <p>{words.acquisition.qrNote}</p>
        <p className="qr-address">{address}</p>
      </figcaption>
    </figure>
  );
}
