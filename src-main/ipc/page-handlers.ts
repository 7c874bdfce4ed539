import type { HandlersOf } from '../../src-shared/window/ipc-contract.ts';
import { succeed } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';

export interface PageHandlersDeps {
  readonly log: Log;
  /** Reloads the console's page. */
  readonly reloadPage: () => void;
}

/** The handlers for a page that could not show a part of itself. */
export function pageHandlers({ log, reloadPage }: PageHandlersDeps): HandlersOf<'page'> {
  return {
    'page.failed': async ({ part, error, at }) => {
      log.warn('window', 'page_failed', { part, error, at });
      return succeed(null);
    },
    'page.reload': async () => {
      reloadPage();
      return succeed(null);
    },
  };
}
