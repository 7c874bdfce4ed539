/** Characters in text from outside that make people see something other than the text. */
export const nastySigns: Readonly<Record<string, string>> = {
  'overrides of the reading direction': '\u202E\u202D\u202A\u202B\u202C',
  isolates: '\u2066\u2067\u2068\u2069',
  'marks of the reading direction': '\u200E\u200F\u061C',
  'of no width': '\u200B\u2060\uFEFF\u200D\u200C\u00AD\u180E',
  'controls, C0': '\u0000\u0007\u0008\u001B[2J\u001B]0;title\u0007\t',
  'controls, C1': '\u007F\u0085\u009B31m\u009D',
  'line ends': '\r\n\n\u2028\u2029\u000B\u000C',
  tags: '\u{E0001}\u{E0041}\u{E007F}',
  'variation selectors alone': '\uFE0F\u{E0100}\u180B',
  'a flood of marks': '\u0301\u0336\u0489'.repeat(40),
  'half a pair': '\uD800',
  'fillers and blanks that show nothing': '\u3164\u115F\uFFA0\u2800\u034F\u{1D159}',
  'many blanks': `${' '.repeat(300)}\u00A0\u2003\u3000`,
  'for private use': '\uE000\u{F0000}',
  'very long': 'x'.repeat(450),
};

/** All of them in one text, except the long ones, which would be cut off. */
export const nastySign = Object.entries(nastySigns)
  .filter(([name]) => name !== 'very long' && name !== 'many blanks')
  .map(([, signs]) => signs)
  .join('');

/**
 * Finds something in a text that is invisible, changes the reading direction, or would be interpreted by a terminal. With
 * `mayBreak`, line ends are allowed.
 */
export function nastyIn(text: string, mayBreak = false): string | undefined {
  const read = mayBreak ? text.replaceAll('\n', ' | ') : text;
  return nasty.map((pattern) => pattern.exec(read)?.[0]).find((found) => found !== undefined);
}

const nasty: readonly RegExp[] = [
  /[\p{C}\p{Zl}\p{Zp}]/u,
  /\p{Default_Ignorable_Code_Point}/u,
  /[\u2800\u{1D159}]/u,
  /\p{M}{9}/u,
  / {100}/u,
];
