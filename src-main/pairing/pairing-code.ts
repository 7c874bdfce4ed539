import { randomBytes } from 'node:crypto';

/**
 * The letters of a code: no vowels, so that a code is never a word; no digits, which look like letters; and only letters that have the same
 * place on English, German and French keyboards, so that a barcode scanner types them right on each.
 */
const letters = 'BCDFGHJKLNPRSTVX';
const codeLength = 8;
const groupLength = 4;

/** The characters with which people or programs separate the groups of a code. */
const separators = /[\s\-_.·‐-―]+/gu;

/** A new code of 32 random bits. It is a secret until it has been used. */
export function makePairingCode(): string {
  return asLetters(randomBytes(codeLength / 2));
}

/** The code as a person reads it, in groups of four. */
export function groupedCode(code: string): string {
  return code.replaceAll(new RegExp(`.{${groupLength}}(?=.)`, 'g'), '$& ');
}

/** The code that a person typed, in either case and with any groups. Null if it is not a code. */
export function readPairingCode(typed: string): string | null {
  const code = typedLetters(typed);
  return code.length === codeLength && isLetters(code) ? code : null;
}

/** The typed text in capital ASCII letters, without separators. */
export function typedLetters(typed: string): string {
  const text = typed.slice(0, 1000).normalize('NFKC').replaceAll(separators, '');
  return text.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
}

/** Two letters for each byte. */
export function asLetters(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => `${letters[byte >> 4] ?? ''}${letters[byte & 15] ?? ''}`).join('');
}

/** The bytes of such letters. Null if the text is not made of them. */
export function fromLetters(text: string): Buffer | null {
  if (text.length % 2 !== 0 || !isLetters(text)) return null;
  const hex = Array.from(text, (letter) => letters.indexOf(letter).toString(16)).join('');
  return Buffer.from(hex, 'hex');
}

function isLetters(text: string): boolean {
  return Array.from(text).every((letter) => letters.includes(letter));
}
