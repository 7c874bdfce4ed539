import type { HandlersOf } from '../../src-shared/ipc-contract.ts';
import { succeed } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';

export interface PageHandlersDeps {
  readonly log: Log;
  /** Loads the console's page from its beginning. */
  readonly reloadPage: () => void;
}

/** A page that draws and fails in a circle must not fill the log. */
const mostLines = 50;

/** What the window says of itself: a part of it could not be shown. */
export function createPageHandlers({ log, reloadPage }: PageHandlersDeps): HandlersOf<'page'> {
  let lines = 0;
  return {
    'page.failed': async ({ part, error, at }) => {
      lines += 1;
      if (lines <= mostLines) log.warn('page_failed', { part, error, at });
      return succeed(null);
    },
    'page.reload': async () => {
      reloadPage();
      return succeed(null);
    },
  };
}
