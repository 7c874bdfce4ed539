import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { type ConsoleAccess, ConsoleContext } from '../../src-renderer/state/console-context.ts';

/** The HTML of a part of the page in a state of the console, as it is first drawn. */
export function drawn(state: ConsoleAccess['state'], part: ReactNode): string {
  const access: ConsoleAccess = {
    state,
    arrivedMs: 0,
    go: () => {},
    createClient: () => {},
    showAbout: () => {},
    pairLaptop: () => {},
    isPairing: false,
    coverPane: () => {},
  };
  return renderToStaticMarkup(<ConsoleContext value={access}>{part}</ConsoleContext>);
}
