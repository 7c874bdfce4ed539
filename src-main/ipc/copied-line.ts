import { shownText } from '../../src-shared/shown-text.ts';

/**
 * One line of a text that is copied for somebody else to read. Names come from licenses, and so from other people: none may
 * look like a line of its own, or turn around what stands beside it.
 */
export function copiedLine(label: string, value: string): string {
  return `${label}: ${shownText(value)}`;
}
