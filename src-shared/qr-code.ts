import { encode } from 'uqr';

export interface QrCode {
  /** The length of one side in modules, with the light border. */
  readonly size: number;
  /** Row by row: true is dark. */
  readonly rows: readonly (readonly boolean[])[];
}

/** No QR code holds more characters (ISO/IEC 18004: 7089 digits in version 40-L). */
const longestText = 7089;

/**
 * A text as a QR code; null where there can be none: the text is longer than a code can hold, empty, or no well-formed
 * Unicode. `sturdiness` is the error correction: a screen can reflect (M), a terminal has little room (L).
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
