import { useMenuChoices } from './menu-choice.ts';

/** Does this on Ctrl+F, and on *Find* in the menu bar, unless a dialog is open. One part of a page may use it at a time. */
export function useFind(find: () => void): void {
  useMenuChoices({
    find: () => {
      if (!document.querySelector('dialog[open]')) find();
    },
  });
}
