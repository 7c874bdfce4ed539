import { words } from '../words/words.ts';

const collator = new Intl.Collator(words.languageTag, { numeric: true, sensitivity: 'base' });

/** Sorts names as people do: case and accents do not count, and "Store 2" comes before "Store 10". */
export const compareNames = (one: string, other: string): number => collator.compare(one, other);
