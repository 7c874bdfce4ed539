import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckResult, isWrong } from '../../src-shared/support/preflight.ts';
import { profileDefaults } from '../../src-shared/servers/profile-defaults.ts';
import { ConsoleApp } from './console-app.ts';
import { expect } from './console-test.ts';

/** A console that knows a server at each of these addresses. */
export async function consoleWith(
  issuers: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<ConsoleApp> {
  const userData = mkdtempSync(join(tmpdir(), 'license-console-'));
  const profiles = Object.fromEntries(
    issuers.map((issuer, index) => [
      `p${index}`,
      { ...profileDefaults, serverName: `Store ${index}`, edition: 'store', issuer },
    ]),
  );
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ version: 1, currentProfileId: 'p0', profiles }));
  return ConsoleApp.launch({ userData, env });
}

/** Runs the checks to their end. */
export async function checkResults(app: ConsoleApp, timeout?: number): Promise<readonly CheckResult[]> {
  expect(await app.call('preflight.start')).toMatchObject({ ok: true });
  await app.checksEnded(timeout);
  return (await app.state()).preflight?.results ?? [];
}

/** True of every console of a test before its license: it has none, and it does not start at sign-in. */
export const usualInTests: readonly string[] = ['license: not_licensed', 'background: attention'];

/** All that a person is shown as wrong, each as `check: code`, or as `check: attention` if it has no failure. */
export function foundIn(results: readonly CheckResult[]): readonly string[] {
  return results.filter(isWrong).map(({ check, state, failure }) => `${check}: ${failure?.code ?? state}`);
}

/** Runs the checks to their end. All that a person is shown as wrong, apart from {@link usualInTests}. */
export async function foundChecks(app: ConsoleApp, timeout?: number): Promise<readonly string[]> {
  return foundIn(await checkResults(app, timeout)).filter((found) => !usualInTests.includes(found));
}
