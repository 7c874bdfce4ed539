import { z } from 'zod/mini';

/** The parts of the window that can fail independently of each other. */
export const windowParts = [
  'window',
  'title_bar',
  'banner',
  'license',
  'authorization_pane',
  'history',
  'registers',
  'board',
  'settings',
  'help',
  'offer',
  'handover',
  'dialog',
] as const;
export type WindowPart = (typeof windowParts)[number];

const longestText = 300;

/** What the log records when a part of the window could not be shown. */
export const pageFailureSchema = z.object({
  part: z.enum(windowParts),
  error: z.string().check(z.maxLength(longestText)),
  /** File, line and column of each stack frame, innermost first. */
  at: z.string().check(z.maxLength(longestText)),
});
type PageFailure = z.infer<typeof pageFailureSchema>;

/** A thrown value, which may be anything, in the form that the log accepts. */
export function pageFailure(part: WindowPart, thrown: unknown): PageFailure {
  const [error, stack] = thrown instanceof Error ? [readOf(thrown, 'message'), readOf(thrown, 'stack')] : ['', ''];
  const name = thrown instanceof Error ? readOf(thrown, 'name') : typeof thrown;
  const places = [...stack.matchAll(/[\w.-]+\.[jt]sx?:\d+:\d+/g)].slice(0, 5).map(([place]) => place);
  return { part, error: cut(`${name}: ${error}`), at: cut(places.join(' ')) };
}

/** The members of a thrown error may throw themselves, or may not be strings. */
function readOf(error: Error, member: 'name' | 'message' | 'stack'): string {
  try {
    const value: unknown = error[member];
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

const cut = (text: string): string => text.slice(0, longestText);
