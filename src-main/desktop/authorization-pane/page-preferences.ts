import type { WebPreferences } from 'electron';
import { withoutDialogs } from './limits/pane-dialogs.ts';

/** The rights of every page of the pane and of its sign-in window. None has a preload script or a bridge. */
export const pagePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  navigateOnDragDrop: false,
  focusOnNavigation: false,
  ...withoutDialogs,
  spellcheck: false,
} as const satisfies WebPreferences;
