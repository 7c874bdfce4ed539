import { usualServerName } from './profile-defaults.ts';

/** Blanks and dashes. Between two digits they count, but not which of them: Store 1-14 is not Store 114. */
const gaps = /(?<=\p{Nd})([\s\p{Dash}\u2800_]+)(?=\p{Nd})|[\s\p{Dash}\u2800_]+/gu;
/** What nobody sees. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const apostrophes = /['\u2018\u2019\u02BC`\u00B4\u2032]/g;

/**
 * Do both names mean the same server, as people compare names? Case, blanks, dashes, underscores and what nobody sees do not count,
 * except for a gap between two digits. All other characters do, also a leading zero: Store 14 and Store 014 may both exist.
 */
export function sameServerName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other);
}

/** Has a person given the server this name? Nobody has chosen an empty one, or the one that it gets without a name. */
export function isChosenName(name: string): boolean {
  const compared = comparableName(name);
  return compared !== '' && compared !== comparableName(usualServerName);
}

/**
 * A name as it is compared: equal for names that mean the same, empty for one that shows nothing. A character that is removed may join
 * its neighbors to one letter, so the name is reduced until it stays as it is.
 */
export function comparableName(name: string): string {
  const compared = reducedOnce(name);
  return compared === name ? name : comparableName(compared);
}

/** In both cases first, so that letters with several forms become equal too (Unicode §5.18, case folding). */
function reducedOnce(name: string): string {
  const letters = name.replaceAll(apostrophes, "'").normalize('NFKC').replaceAll(unseen, '');
  const folded = letters.toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
  const plain = folded.replaceAll(gaps, (_gap, betweenDigits?: string) => (betweenDigits ? ' ' : ''));
  // A name of nothing but dashes is compared as it is.
  return plain === '' ? folded.replaceAll('\u2800', ' ').trim() : plain;
}

/**
 * Do two different names look alike, because they differ only in letters of another alphabet, such as a Cyrillic o in a Latin word?
 * A letter that looks different counts too.
 */
export function differsInAlphabet(one: string, other: string): boolean {
  const [letters, others] = [Array.from(comparableName(one)), Array.from(comparableName(other))];
  const different = letters.flatMap((letter, at) => (letter === others[at] ? [] : [[letter, others[at] ?? '']]));
  const inAlphabet = (letter = '', isLatin: boolean) =>
    /\p{L}/u.test(letter) && /\p{sc=Latn}/u.test(letter) === isLatin;
  return (
    letters.length === others.length &&
    different.length > 0 &&
    different.every(
      ([a, b]) => (inAlphabet(a, true) && inAlphabet(b, false)) || (inAlphabet(a, false) && inAlphabet(b, true)),
    )
  );
}
