export type PageName = 'license' | 'history' | 'registers' | 'settings' | 'help';
export type HelpTopic = 'connection' | 'clock' | 'keychain' | 'background' | 'registers' | 'saving' | 'support';

/** A page of the console to open and, for Help, the topic to show. */
export interface Place {
  readonly page: PageName;
  readonly topic?: HelpTopic;
}

/** The pages in the order of the rail. On the first run, with no server yet, most pages would be empty. */
export const railPages = (firstRun: boolean): readonly PageName[] =>
  firstRun ? ['license', 'help'] : ['license', 'history', 'registers', 'settings', 'help'];
