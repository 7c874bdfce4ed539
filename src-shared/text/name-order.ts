import { words } from '../words/words.ts';

// Created on first use, to keep the start short: it loads the sorting rules of the language.
let collator: Intl.Collator | undefined;

/** Sorts names as people do: case and accents do not count, and "Store 2" comes before "Store 10". */
export function compareNames(one: string, other: string): number {
  collator ??= new Intl.Collator(words.languageTag, { numeric: true, sensitivity: 'base' });
  return collator.compare(one, other);
}
