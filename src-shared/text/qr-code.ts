import { encode } from 'uqr';

export interface QrCode {
  /** The length of one side in modules, including the light border. */
  readonly size: number;
  /** Row by row: true is dark. */
  readonly rows: readonly (readonly boolean[])[];
}

/** No QR code holds more characters (ISO/IEC 18004: 7089 digits in version 40-L). */
const longestText = 7089;

/**
 * A text as a QR code; null if the text is empty, longer than a code can hold, or not well-formed Unicode. `sturdiness` is the
 * error correction level: M for a screen, which can reflect light; L for a terminal, which has little room.
 */
export function qrCode(text: string, sturdiness: 'L' | 'M'): QrCode | null {
  if (text === '' || text.length > longestText) return null;
  try {
    const { data, size } = encode(text, { ecc: sturdiness, border: 2 });
    return { rows: data, size };
  } catch {
    return null;
  }
}
