import { useMenuChoices } from './menu-choice.ts';

/** Calls `find` on Ctrl+F and on *Find* in the menu bar. Only one part of a page may use it at a time. */
export function useFind(find: () => void): void {
  useMenuChoices({ find });
}
