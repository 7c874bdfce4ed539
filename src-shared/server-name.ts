/**
 * Do two names mean the same server? Compares as people do: upper and lower case, blanks, dashes and underscores do not count.
 */
export function sameServerName(one: string, other: string): boolean {
  return compared(one) === compared(other);
}

function compared(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[\s\p{Pd}\p{Cf}_]/gu, '')
    .toLowerCase()
    .normalize('NFKC');
  // A name of nothing but dashes is compared as it is.
  return plain === '' ? name.trim() : plain;
}
