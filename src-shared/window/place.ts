import type { AlertAction } from '../notifications/alert.ts';

export type RailPage = 'license' | 'history' | 'registers' | 'board' | 'settings' | 'help' | 'offer';
/** `handover` is not in the rail: an action of the license and the menu lead to it. */
export type PageName = RailPage | 'handover';

/** The topics of Help in the order of its page: those that stop a sale first. */
export const helpTopics = [
  'expired',
  'token',
  'renewal',
  'check',
  'connection',
  'clock',
  'keychain',
  'user_code',
  'wrong_server',
  'new_pc',
  'registers',
  'proxy',
  'company_sign_in',
  'own_authority',
  'saving',
  'servers',
  'closing',
  'background',
  'stored',
  'support',
  'keys',
] as const;
export type HelpTopic = (typeof helpTopics)[number];

/** A page of the console to open and, for Help, the topic to show. */
export interface Place {
  readonly page: PageName;
  readonly topic?: HelpTopic;
}

/** A place that the main process asks the window to show. */
export interface AskedPlace {
  readonly place: Place;
  /** An entry of the menu bar or its key does nothing while a dialog is open. A notification waits until the dialog has closed. */
  readonly by: 'menu' | 'notification';
}

/** The pages in the order of the rail. Before the first server most pages would be empty; a laptop may know servers that it helped. */
export const railPages = (firstRun: boolean): readonly RailPage[] =>
  firstRun ? ['license', 'board', 'help'] : ['license', 'history', 'registers', 'board', 'settings', 'help'];

/** Can the page be shown? What it is about may be gone. The offer to help has its place in the rail only while there is one. */
export const isOpenPage = (
  page: PageName,
  { firstRun, licensed }: { firstRun: boolean; licensed: boolean },
): boolean => (page === 'handover' ? licensed : page === 'offer' || railPages(firstRun).includes(page));

/** The place in the console that a notification's action leads to. */
export function placeOf(action: AlertAction): Place {
  switch (action) {
    case 'clock_help':
      return { page: 'help', topic: 'clock' };
    case 'keychain_help':
      return { page: 'help', topic: 'keychain' };
    case 'open_local_api':
      return { page: 'registers' };
    case 'show_servers':
      return { page: 'board' };
    case 'check_license':
    case 'renew':
    case 'open_license':
    case 'unlock_keychain':
    case 'open_console':
      return { page: 'license' };
  }
}
