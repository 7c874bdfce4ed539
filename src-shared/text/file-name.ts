import { shownText } from './shown-text.ts';

/** In bytes of UTF-8. Many file systems allow 255 for a whole name, and the console adds parts of its own. */
const mostBytes = 160;

/** A text from outside as a part of a file name, without characters that some file system forbids, and not longer than most take. */
export function inFileName(text: string): string {
  const allowed = shownText(text)
    .replaceAll(/[\\/:*?"<>|]+/g, ' ')
    .trim();
  const cut = cutToBytes(allowed, mostBytes);
  // The cut may leave a joiner at the end, which joins nothing now.
  return cut === allowed ? allowed : shownText(cut);
}

/** The beginning of a text that is at most that many bytes of UTF-8. Never half a character. */
export function cutToBytes(text: string, most: number): string {
  const encoder = new TextEncoder();
  let left = most;
  let kept = 0;
  for (const character of text) {
    left -= encoder.encode(character).length;
    if (left < 0) return text.slice(0, kept);
    kept += character.length;
  }
  return text;
}
