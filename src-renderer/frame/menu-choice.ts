import { useEffect, useRef } from 'react';
import type { MenuChoice } from '../../src-shared/ipc-contract.ts';
import { listen } from '../bridge.ts';

/** Does what a person chooses in the menu bar. A choice without an entry here is left to another part of the window. */
export function useMenuChoices(does: Partial<Readonly<Record<MenuChoice, () => void>>>): void {
  const newest = useRef(does);
  useEffect(() => {
    newest.current = does;
  });
  useEffect(() => listen('menu.chosen', (choice) => newest.current[choice]?.()), []);
}
