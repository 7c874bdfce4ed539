import type { HandlersOf } from '../../src-shared/ipc-contract.ts';
import { succeed } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';

export interface PageHandlersDeps {
  readonly log: Log;
  /** Reloads the console's page. */
  readonly reloadPage: () => void;
}

/** A page that fails in a loop must not fill the log. */
const mostLines = 50;

/** The handlers for a page that could not show a part of itself. */
export function createPageHandlers({ log, reloadPage }: PageHandlersDeps): HandlersOf<'page'> {
  let lines = 0;
  return {
    'page.failed': async ({ part, error, at }) => {
      lines += 1;
      if (lines <= mostLines) log.warn('window', 'page_failed', { part, error, at });
      return succeed(null);
    },
    'page.reload': async () => {
      reloadPage();
      return succeed(null);
    },
  };
}
