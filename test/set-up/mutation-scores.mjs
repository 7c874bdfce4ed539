/**
 * Mutants that no test can kill, since the program behaves the same with them: file, line, replacement, and why it behaves the
 * same.
 * @type {readonly { file: string, line: string, replacement: string, why: string }[]}
 */
const equivalents = [
  {
    file: 'src-main/license/clock-check.ts',
    line: 'if (mark?.monotonicMs === undefined || mark.wallAt === undefined) return false;',
    replacement: 'false',
    why: 'without a reading the difference is NaN, which is within no tolerance',
  },
  {
    file: 'src-main/authorization/oauth-failure.ts',
    line: "const challenge = headers['www-authenticate'] ?? '';",
    replacement: '"Stryker was here!"',
    why: 'neither text is a challenge',
  },
  {
    file: 'src-main/authorization/oauth-failure.ts',
    line: "return (headers['content-type'] ?? '').includes('json') ? 'response_invalid' : 'unexpected_content';",
    replacement: '"Stryker was here!"',
    why: 'neither text names JSON',
  },
];

const killed = new Set(['Killed', 'Timeout']);
const survived = new Set(['Survived', 'NoCoverage']);
const enough = 0.95;

/**
 * What a report of StrykerJS says of each file. An equivalent mutant does not count.
 * @param {{ files: Record<string, { source: string, mutants: readonly { status: string, replacement?: string, location: { start: { line: number } } }[] }> }} report
 */
export function scoresOf(report, known = equivalents) {
  return Object.entries(report.files).map(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    const left = mutants
      .filter(({ status }) => survived.has(status))
      .map(({ replacement = '', location: { start } }) => ({
        at: start.line,
        line: (lines[start.line - 1] ?? '').trim(),
        replacement: replacement.replaceAll(/\s+/g, ' '),
      }));
    const isKnown = (mutant) =>
      known.some(
        ({ file: of, line, replacement }) => of === file && line === mutant.line && replacement === mutant.replacement,
      );
    const survivors = left.filter((mutant) => !isKnown(mutant));
    const kills = mutants.filter(({ status }) => killed.has(status)).length;
    return { file, kills, equivalent: left.length - survivors.length, survivors };
  });
}

/** At least 95 of 100 mutants that can be killed are. */
export function killsEnough(score) {
  return score.kills > 0 && rateOf(score) >= enough;
}

/** The table file x score, and what survived. */
export function mutationTable(scores) {
  const rows = scores.map((score) => [
    score.file,
    `${(rateOf(score) * 100).toFixed(1)} %`,
    `${score.kills} of ${score.kills + score.survivors.length} killed`,
    `${score.equivalent} equivalent`,
  ]);
  const widths = rows.reduce((most, row) => row.map((cell, nth) => Math.max(most[nth] ?? 0, cell.length)), []);
  const table = rows.map((row) =>
    row
      .map((cell, nth) => cell.padEnd(widths[nth] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const survivors = scores.flatMap(({ file, survivors: left }) =>
    left.map(({ at, line, replacement }) => `  survived: ${file}:${at}: ${line}  ->  ${replacement}`),
  );
  return [...table, ...survivors].join('\n');
}

function rateOf({ kills, survivors }) {
  return kills / Math.max(1, kills + survivors.length);
}
