import type { DiagnosticsFileKind } from '../../support/diagnostics-view.ts';
import { dataSize } from './data-size.ts';

/** What each file is, in its README and next to its name. */
const kinds: Readonly<Record<DiagnosticsFileKind, string>> = {
  readme: 'What each file is.',
  about: 'The version of the console, and the system of this computer.',
  settings: 'The settings of the console and of each server.',
  checks: 'What works on this computer and on the way to the Authorization server, as Check This Computer shows it.',
  licenses: 'What each license says. The license token itself is not in it.',
  state: 'What the console is doing: the acquisition, the last refresh, the connection, the clock, the keychain.',
  history: 'What happened to the license of one server, as a table.',
  log: 'What the console tried and how it ended, one line for each step. The file with "old" in its name has the earlier lines.',
  failures: 'Each failure code in the history and the log, how often and when.',
  data_folder: 'The files of the console: their names, sizes and times, not what is in them.',
};

/** The diagnostics: what support asks for, as one file. */
export const diagnosticsWords = {
  heading: 'Save diagnostics',
  explains:
    'Everything that support asks for, in one file. It contains no password, token or code. Choose a file to see what is in it.',
  /** `done` of `total` steps have ended. */
  collecting: (done: number, total: number): string => `Collecting… ${done} of ${total}`,
  collected: 'Collected. Nothing is saved yet.',
  takesLong: 'The checks of this computer are part of it. Without a connection they take a minute.',
  progress: 'Progress',
  files: 'Files',
  textOf: (name: string): string => `Text of ${name}`,
  size: dataSize,
  sum: (files: number, bytes: number): string => `${files} files, ${dataSize(bytes)}`,
  save: 'Save…',
  saving: 'Saving…',
  cancel: 'Cancel',
  close: 'Close',
  saveDialogTitle: 'Save diagnostics',
  zipFiles: 'Zip files',
  /** `day`: such as 2026-11-29. */
  fileName: (day: string): string => `license-console-diagnostics-${day}.zip`,
  kinds,
  readme: {
    title: (version: string, runtime: string): string =>
      `Diagnostics of Fusion License Console ${version} (${runtime})`,
    madeAt: (at: string): string => `Made at ${at}, by the clock of this computer.`,
    promise:
      'These files contain no password, license token or code. What looks like one is replaced by [removed]. Your home folder is written as ~.',
    send: 'Send this file to your support. You may look at it first: every file in it is plain text.',
    files: 'The files:',
    missing: 'Missing:',
  },
  couldNotBeRead: (why: string): string => `could not be read: ${why}`,
  tookTooLong: 'it took too long',
  notStarted: 'the console has not started',
  none: 'None.',
  earlierLinesLeftOut: '(Earlier lines are left out.)',
  linesLeftOut: '(The file is too large. The rest is left out.)',
  notAllReadable: '(Some of it could not be read.)',
  moreFiles: (count: number): string => `(${count} more are left out.)`,
  skippedLines: (count: number): string => `(${count} lines could not be understood and are left out.)`,
  failureLine: (code: string, times: number, first: string, last: string, headline: string): string =>
    `${code}: ${times === 1 ? `once, at ${last}` : `${times} times, from ${first} to ${last}`}. ${headline}`,
};
