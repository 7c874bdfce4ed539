export type PageName = 'license' | 'history' | 'settings' | 'help';
export type HelpTopic = 'connection' | 'clock' | 'keychain' | 'background' | 'saving' | 'support';

/** Which page of the console is open, and which part of it was asked for. */
export interface Place {
  readonly page: PageName;
  readonly topic?: HelpTopic;
}
