import { renderUnicodeCompact } from 'uqr';

/** White on black, whatever colours the terminal has. */
const [whiteOnBlack, usualColours] = ['\u001B[97;40m', '\u001B[0m'];

/** A link as a QR code in lines; none where it is wider than the terminal, or longer than such a code can hold. */
export function qrLines(link: string, columns: number, hasColours: boolean): readonly string[] {
  const drawn = render(link);
  if (drawn === null || (drawn[0]?.length ?? 0) > columns) return [];
  return hasColours ? drawn.map((line) => `${whiteOnBlack}${line}${usualColours}`) : drawn;
}

function render(link: string): readonly string[] | null {
  try {
    return renderUnicodeCompact(link, { border: 2, ecc: 'L' }).split('\n');
  } catch {
    return null;
  }
}
