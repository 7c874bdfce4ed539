import { z } from 'zod/mini';

/** The parts of the window that fail apart from each other. */
export const windowParts = [
  'window',
  'title_bar',
  'banner',
  'license',
  'authorization_pane',
  'history',
  'registers',
  'settings',
  'help',
  'dialog',
] as const;
export type WindowPart = (typeof windowParts)[number];

const longestText = 300;

/** What the log keeps of a part of the window that could not be shown. */
export const pageFailureSchema = z.object({
  part: z.enum(windowParts),
  error: z.string().check(z.maxLength(longestText)),
  /** Files, lines and columns of the scripts, innermost first. */
  at: z.string().check(z.maxLength(longestText)),
});
export type PageFailure = z.infer<typeof pageFailureSchema>;

/** What was thrown, in a form that the log takes; it may be anything. */
export function pageFailure(part: WindowPart, thrown: unknown): PageFailure {
  const [error, stack] = thrown instanceof Error ? [readOf(thrown, 'message'), readOf(thrown, 'stack')] : ['', ''];
  const name = thrown instanceof Error ? readOf(thrown, 'name') : typeof thrown;
  const places = [...stack.matchAll(/[\w.-]+\.[jt]sx?:\d+:\d+/g)].slice(0, 5).map(([place]) => place);
  return { part, error: cut(`${name}: ${error}`), at: cut(places.join(' ')) };
}

/** Whoever throws an error can have given it members that throw, or that are no text. */
function readOf(error: Error, member: 'name' | 'message' | 'stack'): string {
  try {
    const value: unknown = error[member];
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

const cut = (text: string): string => text.slice(0, longestText);
