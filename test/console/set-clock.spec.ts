import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkResults } from './checked-console.ts';
import { ConsoleApp } from './console-app.ts';
import { expect, test } from './console-test.ts';
import { expectNoViolations } from './usability.ts';
import { startAuthorizationServer } from './watched-sandbox.ts';

/** Replaces the program that starts the time service, so that no test changes this computer's own. */
class FakeTimedatectl {
  readonly folder = mkdtempSync(join(tmpdir(), 'timedatectl-'));
  readonly #asked = join(this.folder, 'asked');

  answers(said: string, code: number): void {
    const program = join(this.folder, 'timedatectl');
    writeFileSync(program, `#!/bin/sh\necho "$@" >> '${this.#asked}'\necho '${said}' >&2\nexit ${code}\n`);
    chmodSync(program, 0o755);
  }

  get asked(): string {
    return existsSync(this.#asked) ? readFileSync(this.#asked, 'utf8') : '';
  }
}

test('@kit if the clock is wrong, a button starts the time service of the system and shows the outcome', async () => {
  test.skip(process.platform !== 'linux', 'The program of this system cannot be replaced for a test');
  const fake = new FakeTimedatectl();
  fake.answers('Failed to set ntp: Interactive authentication required.', 1);
  const server = await startAuthorizationServer();
  const app = await ConsoleApp.launch({
    issuer: server.issuer,
    serverName: 'Store 014',
    env: { PATH: `${fake.folder}:${process.env['PATH']}` },
  });
  const topic = app.page.getByRole('region', { name: 'The clock is wrong. How do I set it?' });
  const set = topic.getByRole('button', { name: 'Set the Clock' });
  await app.button('Help').click();
  await expect(topic).toBeVisible();
  await expect(set).toHaveCount(0);

  await app.setClockOffset(-86_400_000);
  const results = await checkResults(app);
  expect(results.filter(({ state }) => state === 'failed')).toMatchObject([
    { check: 'clock', failure: { facts: { command: 'sudo timedatectl set-ntp true' } } },
  ]);
  await set.click();
  await expect(topic.getByText('This account may not set the clock')).toBeVisible();
  await expectNoViolations(app, 'a time service that was refused');

  fake.answers('Failed to set ntp: NTP not supported', 1);
  await set.click();
  await expect(topic.getByText('The time service could not be started')).toBeVisible();

  fake.answers('', 0);
  await set.click();
  await expect(topic.getByText('The time service was started. The console waits')).toBeVisible();
  await app.setClockOffset(0);
  await expect(topic.getByText('The clock was set. It says')).toBeVisible();
  // The console checks again automatically. Until then, the results of the run before are shown.
  await expect.poll(clockNow).toBe('ok');
  expect(fake.asked).toBe('set-ntp true\n'.repeat(3));
  await app.close();
  await server.close();

  async function clockNow(): Promise<string | undefined> {
    return (await app.state()).preflight?.results.find(({ check }) => check === 'clock')?.state;
  }
});
