import { shownText } from '../../src-shared/shown-text.ts';

/**
 * One line of a text that is copied for another person to read. Names in it come from licenses and so are untrusted: a name
 * must not look like a separate line, or reverse the text around it with bidirectional characters.
 */
export function copiedLine(label: string, value: string): string {
  return `${label}: ${shownText(value)}`;
}
