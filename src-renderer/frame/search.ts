import { useEffect, useRef } from 'react';
import { announce } from '../state/announcer.ts';

/** A text in the form in which it is searched: case, accents of Latin, Greek and Cyrillic letters, and the kind of blanks do not count. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, ' ');
}

/** Does the text contain each word of the search? Both have to be {@link plainText}. */
export function hasEveryWord(text: string, search: string): boolean {
  return search.split(' ').every((word) => text.includes(word));
}

/** Announces the number of results when typing pauses. Changes that the person did not cause are not announced. */
export function useCountSaid(count: number, question: string, said: (count: number) => string): void {
  const latest = useRef(() => said(count));
  const asked = useRef(question);
  useEffect(() => {
    latest.current = () => said(count);
  }, [count, said]);
  useEffect(() => {
    if (asked.current === question) return undefined;
    asked.current = question;
    const pausing = setTimeout(() => announce(latest.current()), 500);
    return () => clearTimeout(pausing);
  }, [question]);
}
