import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * The counts in Vitest's JSON report; zeros if there is no report.
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
 * The counts in Playwright's JSON report. A test that passed only on a retry counts as failed.
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
 * The summary at the end of a run. A stage that failed without a failed test (types, lint, a file that does not load) counts
 * as one failure.
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
