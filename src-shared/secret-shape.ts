/** What the log and the diagnostics show in place of a secret. */
export const removedMark = '[removed]';

/** Does the text consist of lower-case words only, as in hosts and paths? No token does. */
export function isAddress(text: string): boolean {
  return text.split(/[/._-]/).every((word) => /^[a-z]{0,20}\d{0,2}$/.test(word));
}
