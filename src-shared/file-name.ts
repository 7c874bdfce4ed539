import { shownText } from './shown-text.ts';

/** A text from outside as a part of a file name, without characters that some file system forbids. */
export function inFileName(text: string): string {
  return shownText(text)
    .replaceAll(/[\\/:*?"<>|]+/g, ' ')
    .trim();
}
