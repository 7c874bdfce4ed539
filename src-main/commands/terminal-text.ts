import { shownText } from '../../src-shared/text/shown-text.ts';

/** Text for a terminal: plain, wrapped, and without control characters. */

const widestText = 80;
const narrowest = 30;

/** The width of text: not too wide to read well, and not narrower than the longest label needs. */
export function textWidth(columns: number): number {
  return Math.min(widestText, Math.max(narrowest, columns));
}

/** The columns that a text occupies: East Asian wide characters and emoji take two, combining marks take none. */
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
 * Wraps a paragraph into lines. The first line begins with `lead`, and the others are indented as far. A word that is wider
 * than a line, such as a link, gets its own line and is not cut, so that a person can copy all of it.
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

/** Two columns of labels and values. The label column is as wide as the widest label. */
export function rows(pairs: readonly (readonly [label: string, value: string])[], width: number): readonly string[] {
  const labels = Math.max(0, ...pairs.map(([label]) => widthOf(label)));
  return pairs.flatMap(([label, value]) => {
    const lead = `  ${label}${' '.repeat(labels - widthOf(label))}  `;
    const beside = wrapped(value, width, lead);
    // A value that cannot be wrapped goes below its label if it is too wide to fit next to it.
    return beside.some((line) => widthOf(line) > width) ? [`  ${label}`, ...wrapped(value, width, '    ')] : beside;
  });
}
