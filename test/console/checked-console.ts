import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckResult } from '../../src-shared/support/preflight.ts';
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

/** What failed, each as `check: code`. */
export async function failedChecks(app: ConsoleApp, timeout?: number): Promise<readonly string[]> {
  return (await checkResults(app, timeout)).flatMap(({ check, state, failure }) =>
    state === 'failed' ? [`${check}: ${failure?.code}`] : [],
  );
}
