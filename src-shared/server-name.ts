import { usualServerName } from './profile-defaults.ts';

const ignored = /[\s\p{Dash}\p{Cf}_]/gu;

/** Do both names mean the same server, as people compare names? Case, blanks, dashes and underscores do not count. */
export function sameServerName(one: string, other: string): boolean {
  return comparableName(one) === comparableName(other);
}

/** Has a person given the server this name? Nobody has chosen an empty one, or the one that it gets without a name. */
export function isChosenName(name: string): boolean {
  return name.trim() !== '' && !sameServerName(name, usualServerName);
}

/** A name as it is compared: equal for names that mean the same. Upper case first, so that letters with several lower-case forms become equal too (Unicode §5.18, case folding). */
export function comparableName(name: string): string {
  const plain = name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replaceAll(ignored, '');
  // A name of nothing but dashes is compared as it is.
  return plain === '' ? name.trim() : plain;
}
