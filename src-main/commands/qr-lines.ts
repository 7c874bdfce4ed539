import { qrCode } from '../../src-shared/qr-code.ts';

/** White on black, regardless of the terminal's colours. */
const [whiteOnBlack, usualColours] = ['\u001B[97;40m', '\u001B[0m'];

/** The lines of a QR code for a link. Empty if the code is wider than the terminal, or the link is too long. */
export function qrLines(link: string, columns: number, hasColours: boolean): readonly string[] {
  const code = qrCode(link, 'L');
  if (code === null || code.size > columns) return [];
  const drawn = code.rows.flatMap((row, y) => (y % 2 === 0 ? [twoRows(row, code.rows[y + 1])] : []));
  return hasColours ? drawn.map((line) => `${whiteOnBlack}${line}${usualColours}`) : drawn;
}

/** Draws two rows as one line, because terminal characters are about twice as high as wide. A missing last row is dark. */
function twoRows(upper: readonly boolean[], lower: readonly boolean[] | undefined): string {
  return upper.map((dark, x) => (dark ? ' ▄' : '▀█')[(lower?.[x] ?? true) ? 0 : 1]).join('');
}
