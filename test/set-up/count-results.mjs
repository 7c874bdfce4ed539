import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * What Vitest's JSON report counts; nothing where there is no report.
 * @param {string} file
 * @returns {Counts}
 */
export function countVitest(file) {
  const report = read(file);
  if (!report) return nothing;
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: todo } = report;
  return { passed, failed, skipped: (pending ?? 0) + (todo ?? 0) };
}

/**
 * What Playwright's JSON report counts. One that passed only in a second try has failed.
 * @param {string} file
 * @returns {Counts}
 */
export function countPlaywright(file) {
  const report = read(file);
  if (!report) return nothing;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/**
 * All of it in the words that end a run. A stage that failed without a failed test in it (types, lint, a file that does
 * not load) counts as one.
 * @param {readonly Counts[]} counts
 * @param {boolean} aStageFailed
 */
export function summaryOf(counts, aStageFailed) {
  const sum = (name) => counts.reduce((total, count) => total + count[name], 0);
  const failed = Math.max(sum('failed'), aStageFailed ? 1 : 0);
  const skipped = sum('skipped') > 0 ? `${sum('skipped')} skipped\n` : '';
  return `${skipped}${sum('passed')} passed, ${failed} failed`;
}

const nothing = { passed: 0, failed: 0, skipped: 0 };

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
