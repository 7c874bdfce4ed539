import { qrCode } from '../../src-shared/qr-code.ts';

/** White on black, whatever colours the terminal has. */
const [whiteOnBlack, usualColours] = ['\u001B[97;40m', '\u001B[0m'];

/** A link as a QR code in lines; none where it is wider than the terminal, or longer than such a code can hold. */
export function qrLines(link: string, columns: number, hasColours: boolean): readonly string[] {
  const code = qrCode(link, 'L');
  if (code === null || code.size > columns) return [];
  const drawn = code.rows.flatMap((row, y) => (y % 2 === 0 ? [twoRows(row, code.rows[y + 1])] : []));
  return hasColours ? drawn.map((line) => `${whiteOnBlack}${line}${usualColours}`) : drawn;
}

/** Two rows in one line: a terminal's characters are about twice as high as wide. What is below the last row is dark. */
function twoRows(upper: readonly boolean[], lower: readonly boolean[] | undefined): string {
  return upper.map((dark, x) => (dark ? ' ▄' : '▀█')[(lower?.[x] ?? true) ? 0 : 1]).join('');
}
