import type { DiagnosticsText, DiagnosticsView } from '../../src-shared/support/diagnostics-view.ts';

/** The diagnostics that the gallery shows: of a console with two servers. */
export const collectedDiagnostics: DiagnosticsView = {
  state: 'collected',
  files: [
    { name: 'README.txt', kind: 'readme', bytes: 1_420 },
    { name: 'about.txt', kind: 'about', bytes: 310 },
    { name: 'settings.txt', kind: 'settings', bytes: 2_034 },
    { name: 'checks.txt', kind: 'checks', bytes: 2_950 },
    { name: 'licenses.txt', kind: 'licenses', bytes: 980 },
    { name: 'state.txt', kind: 'state', bytes: 1_105 },
    { name: 'history-1.csv', kind: 'history', bytes: 48_300 },
    { name: 'history-2.csv', kind: 'history', bytes: 12_100 },
    { name: 'logs/console.log', kind: 'log', bytes: 612_400 },
    { name: 'logs/console.old.log', kind: 'log', bytes: 1_048_600 },
    { name: 'failure-codes.txt', kind: 'failures', bytes: 640 },
    { name: 'data-folder.txt', kind: 'data_folder', bytes: 3_120 },
  ],
};

export const readmeOfDiagnostics: DiagnosticsText = {
  name: 'README.txt',
  lines: [
    'Diagnostics of Fusion License Console',
    'Made at 2026-11-26T11:05:00Z, by the clock of this computer.',
    '',
    'Send this file to your support. You may look at it first: every file in it is plain text.',
    'These files contain no password, license token or code. What looks like one is replaced by [removed].',
    '',
    'The files:',
    'about.txt: The version of the console, and the system of this computer.',
    'settings.txt: The settings of the console and of each server.',
    ...Array.from({ length: 40 }, (_line, nth) => `logs/console.log: line ${nth + 1}`),
  ],
};
