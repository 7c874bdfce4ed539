/** What a run on Wine says nothing about; a person tries it on a Windows. */
const notProvenOnWine = [
  'access lists: whether a file or pipe is for this account alone (Wine shows the rights of Linux)',
  'names of NTFS: capitals, reserved names, short names, streams',
  'scanners and network folders: files are held here by tests, not by what holds them in stores',
  'the Credential Manager’s limit of 2,560 bytes an entry, and its prompts (Wine has neither)',
  'PowerShell and the launchers of the installer',
  'Electron itself: window, tray, notifications, start at sign-in, updates',
  'keep-alive of connections (Wine has none; asking for it is left out)',
];

/**
 * The words that end a run: what failed and why, why what was skipped, what a run here cannot prove, and the counts. A test
 * that is skipped without a reason has failed.
 * @typedef {{ file: string, name: string, state: 'passed' | 'failed' | 'skipped', reason: string | null }} Result
 * @param {readonly Result[]} results
 * @param {boolean} onWine
 */
export function windowsReport(results, onWine) {
  const passed = results.filter(({ state }) => state === 'passed');
  const skipped = results.filter(({ state, reason }) => state === 'skipped' && reason);
  const failed = results.filter((result) => !passed.includes(result) && !skipped.includes(result));
  const lines = [
    ...failed.map(({ file, name, reason }) => `✖ ${file}: ${name}\n${indented(reason || 'skipped without a reason')}`),
    ...section(
      'Skipped, and why',
      [...counted(skipped)].map(([reason, count]) => `${count}: ${reason}`),
    ),
    ...section('Not proven by this run', onWine ? notProvenOnWine : []),
    `\n${skipped.length} skipped\n${passed.length} passed, ${failed.length} failed\n`,
  ];
  return { text: lines.join('\n'), failed: failed.length };
}

function counted(skipped) {
  const counts = new Map();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}

function section(title, lines) {
  return lines.length > 0 ? [`\n${title}:`, ...lines.map((line) => `  ${line}`)] : [];
}

function indented(text) {
  return text.replaceAll(/^/gm, '    ');
}
