export type PageName = 'license' | 'history' | 'registers' | 'settings' | 'help';
export type HelpTopic = 'connection' | 'clock' | 'keychain' | 'background' | 'registers' | 'saving' | 'support';

/** Which page of the console is open, and which part of it was asked for. */
export interface Place {
  readonly page: PageName;
  readonly topic?: HelpTopic;
}

/** The pages in the order of the rail. Before the console knows of a server there is little to go to. */
export const railPages = (firstRun: boolean): readonly PageName[] =>
  firstRun ? ['license', 'help'] : ['license', 'history', 'registers', 'settings', 'help'];
