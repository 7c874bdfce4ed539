import { useEffect, useRef } from 'react';
import type { MenuChoice } from '../../src-shared/window/ipc-contract.ts';
import { listen } from '../state/bridge.ts';
import { isDialogOpen } from '../controls/open-dialog.ts';

/** They act on the page. A dialog that covers the page may hold unfinished text, so they do nothing while one is open. */
const ofThePage: ReadonlySet<MenuChoice> = new Set(['handover', 'find', 'check_license']);

/** Does what a person chooses in the menu bar. A choice without an entry here is left to another part of the window. */
export function useMenuChoices(does: Partial<Readonly<Record<MenuChoice, () => void>>>): void {
  const newest = useRef(does);
  useEffect(() => {
    newest.current = does;
  });
  useEffect(
    () =>
      listen('menu.chosen', (choice) => {
        if (!ofThePage.has(choice) || !isDialogOpen()) newest.current[choice]?.();
      }),
    [],
  );
}
