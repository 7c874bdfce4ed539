import type { QrCode } from '../../src-shared/text/qr-code.ts';

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
