/** What a run on Wine cannot prove. A person has to try it on Windows. */
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
 * The report at the end of a run: what failed and why, what was skipped and why, what this run cannot prove, and the counts. A
 * test that was skipped without a reason counts as failed.
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
