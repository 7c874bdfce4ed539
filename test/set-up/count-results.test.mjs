import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, summaryOf } from './count-results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'license-console-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content) {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('the line that ends a run', () => {
  it('adds up both reports', () => {
    const unit = countVitest(report({ numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }));
    const real = countPlaywright(report({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 0 } }));
    expect(summaryOf([unit, real], false)).toBe('12 passed, 0 failed');
  });

  it('counts a test that passed only on a retry as failed', () => {
    const real = countPlaywright(report({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 0 } }));
    expect(summaryOf([real], true)).toBe('5 passed, 3 failed');
  });

  it('never claims that nothing failed if a stage did', () => {
    expect(summaryOf([countVitest(join(folder, 'never-written.json'))], true)).toBe('0 passed, 1 failed');
  });

  it('lists what was skipped on the second last line', () => {
    const real = countPlaywright(report({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 2 } }));
    expect(summaryOf([real], false).split('\n')).toEqual(['2 skipped', '5 passed, 0 failed']);
  });
});
