import { shownText } from '../../src-shared/shown-text.ts';

/** Text for a terminal: plain, wrapped, and with nothing in it that a terminal would obey. */

const widestText = 80;
const narrowest = 30;

/** The width to write in: no wider than people read well, no narrower than the longest label needs. */
export function textWidth(columns: number): number {
  return Math.min(widestText, Math.max(narrowest, columns));
}

/** Columns that a text takes: signs of East Asia and emoji take two, marks that stand on others none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text) {
    if (/[\p{M}\p{Cf}]/u.test(sign)) continue;
    width += isWide(sign) ? 2 : 1;
  }
  return width;
}

function isWide(sign: string): boolean {
  return /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|[\u{20000}-\u{3FFFD}]/u.test(
    sign,
  );
}

/**
 * A paragraph in lines. The first begins with `lead`, the others as far in. A word that is wider than a line, such as a link,
 * stands in a line of its own and is not cut: it must be copied whole.
 */
export function wrapped(text: string, width: number, lead = ''): readonly string[] {
  const indent = ' '.repeat(widthOf(lead));
  const lines: string[] = [];
  let line = '';
  for (const word of shownText(text).split(' ').filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + widthOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines.map((each, index) => `${index === 0 ? lead : indent}${each}`.trimEnd());
}

/** Labels beside values, as wide as the widest label. */
export function rows(pairs: readonly (readonly [label: string, value: string])[], width: number): readonly string[] {
  const labels = Math.max(0, ...pairs.map(([label]) => widthOf(label)));
  return pairs.flatMap(([label, value]) => {
    const lead = `  ${label}${' '.repeat(labels - widthOf(label))}  `;
    const beside = wrapped(value, width, lead);
    // A value that cannot be cut gets a line of its own where it is too wide beside its label.
    return beside.some((line) => widthOf(line) > width) ? [`  ${label}`, ...wrapped(value, width, '    ')] : beside;
  });
}
