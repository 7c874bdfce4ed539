import { useMenuChoices } from './menu-choice.ts';

/** Calls `open` on Ctrl+F and on *Find* in the menu bar, unless a dialog is open. Only one part of a page may use it at a time. */
export function useFind(find: () => void): void {
  useMenuChoices({
    find: () => {
      if (!document.querySelector('dialog[open]')) find();
    },
  });
}
