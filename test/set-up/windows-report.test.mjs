import { expect, it } from 'vitest';
import { windowsReport } from './windows-report.mjs';

const result = (state, reason = null) => ({ file: 'a.test.ts', name: `it ${state}`, state, reason });

it('counts, and lists the reasons of skipped tests and what Wine cannot prove', () => {
  const results = [result('passed'), result('skipped', 'mode bits'), result('skipped', 'mode bits'), result('passed')];
  const { text, failed } = windowsReport(results, true);
  expect(failed).toBe(0);
  expect(text).toContain('Skipped, and why:\n  2: mode bits\n');
  expect(text).toContain('Not proven by this run:\n  access lists');
  expect(text.endsWith('\n2 skipped\n2 passed, 0 failed\n')).toBe(true);
  expect(windowsReport(results, false).text).not.toContain('Not proven');
});

it('counts a test that was skipped without a reason as failed', () => {
  const { text, failed } = windowsReport([result('skipped'), result('failed', 'why\nwhere')], true);
  expect(failed).toBe(2);
  expect(text).toContain('✖ a.test.ts: it skipped\n    skipped without a reason');
  expect(text).toContain('✖ a.test.ts: it failed\n    why\n    where');
  expect(text.endsWith('\n0 skipped\n0 passed, 2 failed\n')).toBe(true);
});
