/**
 * Equivalent mutants, which no test can kill because the program behaves the same with them: file, line, replacements, and why
 * the behavior is the same.
 * @type {readonly { file: string, line: string, replacements: readonly string[], why: string }[]}
 */
const equivalents = [
  {
    file: 'src-main/time/clock-check.ts',
    line: 'if (mark?.monotonicMs === undefined || mark.wallAt === undefined) return false;',
    replacements: ['false'],
    why: 'without a reading the difference is NaN, which is within no tolerance',
  },
  {
    file: 'src-main/authorization/oauth-failure.ts',
    line: "const challenge = headers['www-authenticate'] ?? '';",
    replacements: ['"Stryker was here!"'],
    why: 'neither text is a challenge',
  },
  {
    file: 'src-main/authorization/oauth-failure.ts',
    line: "return (headers['content-type'] ?? '').includes('json') ? 'response_invalid' : 'unexpected_content';",
    replacements: ['"Stryker was here!"'],
    why: 'neither text names JSON',
  },
  {
    file: 'src-main/authorization/retry-after.ts',
    line: "const text = (headers['retry-after'] ?? '').trim();",
    replacements: ['"Stryker was here!"'],
    why: 'neither text is a number or a date',
  },
  {
    file: 'src-main/authorization/retry-after.ts',
    line: "const seconds = (Date.parse(text) - Date.parse(headers['date'] ?? '')) / 1000;",
    replacements: ['"Stryker was here!"'],
    why: 'neither text is a date',
  },
  {
    file: 'src-main/tokens/token-rules.ts',
    line: 'return JSON.stringify(value) === json || !hasDuplicateMembers(json) ? (value as JsonObject | null) : null;',
    replacements: ['false'],
    why: 'what is written again as it stands has no member twice: the other question says the same, and takes longer',
  },
  {
    file: 'src-main/tokens/renewal-date.ts',
    line: "if (Array.isArray(one)) return fromText(fromParts(one) ?? '', zoneClaim);",
    replacements: ['"Stryker was here!"'],
    why: 'neither text is a date',
  },
  {
    file: 'src-main/tokens/renewal-date.ts',
    line: 'if (remembered !== undefined) return remembered;',
    replacements: ['false'],
    why: 'what is read again is read the same: remembering saves time',
  },
  {
    file: 'src-main/tokens/renewal-date.ts',
    line: 'if (known.size >= mostKnown) known.clear();',
    replacements: ['true', 'false', 'known.size > mostKnown', 'known.size < mostKnown'],
    why: 'what is forgotten is read again: it bounds memory and changes no reading',
  },
  {
    file: 'src-main/tokens/renewal-date.ts',
    line: 'if (/^[A-Z][a-z]{2}, /.test(text)) return { date: inBounds(DateTime.fromHTTP(text)) };',
    replacements: ['/[A-Z][a-z]{2}, /'],
    why: 'a text with a comma further on is an HTTP-date as little as it is one of the other forms',
  },
  {
    file: 'src-main/tokens/renewal-date.ts',
    line: "const [, date, minute, second = '00', fraction = '', offset] = shape.exec(text) ?? [];",
    replacements: ['["Stryker was here"]'],
    why: 'the first element, which is the whole match, is not read',
  },
];

const killed = new Set(['Killed', 'Timeout']);
const survived = new Set(['Survived', 'NoCoverage']);
const enough = 0.95;

/**
 * The mutation score of each file in a StrykerJS report. Equivalent mutants do not count.
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
        ({ file: of, line, replacements }) =>
          of === file && line === mutant.line && replacements.includes(mutant.replacement),
      );
    const survivors = left.filter((mutant) => !isKnown(mutant));
    const kills = mutants.filter(({ status }) => killed.has(status)).length;
    return { file, kills, equivalent: left.length - survivors.length, survivors };
  });
}

/** Are at least 95 % of the mutants that can be killed killed? */
export function killsEnough(score) {
  return score.kills > 0 && rateOf(score) >= enough;
}

/** A table of files and scores, and the mutants that survived. */
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
