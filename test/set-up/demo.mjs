import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildConsole } from './build-console.mjs';
import { hasDisplay, openDisplaySession } from './display-session.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { repository, tool } from './repository.mjs';
import { run } from './run.mjs';
import { giveUp, say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

/**
 * `npm run demo [-- --once]`: the console beside the sandbox Authorization server, with its address filled in.
 * `--once` ends when the page has been shown and a picture of it taken.
 */
const showOnce = process.argv.includes('--once');
await installPackages();
await installSystemPackages();
const runtime = await resolveElectronRuntime();
await buildConsole();
const visible = hasDisplay();
const session = visible ? { env: process.env, close: async () => {} } : await openDisplaySession();
const server = await startServer();
const userData = mkdtempSync(join(tmpdir(), 'license-console-demo-'));
say(`The console runs on ${describeRuntime(runtime)}`);
const consoleProcess = startConsole();
const shown = waitForPage();
await shown;
explain();
if (!visible) await takePicture();
if (showOnce) consoleProcess.kill('SIGTERM');
await Promise.race([once(consoleProcess, 'exit'), once(process, 'SIGINT'), once(process, 'SIGTERM')]);
await end();

async function startServer() {
  const child = spawn(tool('tsx'), [join(repository, 'test/authorization-server/main.ts'), '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const reader = createInterface({ input: child.stdout });
  const [line] = await Promise.race([once(reader, 'line'), once(child, 'exit').then(() => [''])]);
  if (!line) giveUp('The sandbox Authorization server did not start; why stands above.');
  return { child, ...JSON.parse(line) };
}

function startConsole() {
  const args = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--user-data-dir=${userData}`,
    '--remote-debugging-port=0',
    repository,
    `--authorization-server=${server.issuer}`,
    '--edition=store',
    '--server-name=Store 014',
  ];
  return spawn(runtime.executablePath, args, { stdio: ['ignore', 'ignore', 'pipe'], env: session.env });
}

/** The window has come when its page says so. */
async function waitForPage() {
  const reader = createInterface({ input: consoleProcess.stderr });
  for await (const line of reader) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (!address) continue;
    const { chromium } = await import('@playwright/test');
    const browser = await chromium.connectOverCDP(address);
    const page = browser
      .contexts()
      .flatMap((context) => context.pages())
      .find((candidate) => candidate.url().startsWith('fusion-console:'));
    await page?.getByRole('heading', { name: 'Manage License' }).waitFor();
    await browser.close();
    reader.close();
    consoleProcess.stderr.resume();
    return;
  }
  giveUp('The console ended before its window opened.');
}

function explain() {
  say('The Manage License page is open.');
  process.stdout.write(
    [
      `  Authorization server: ${server.issuer} (the built-in sandbox)`,
      `  It accepts the sign-in: ${server.signIns[0].username} / ${server.signIns[0].password}`,
      '  On the right: sign in, choose the organization, Authorize Device, choose a Store device.',
      '  On the left: Next. Paste the User Code on the right, Authorize, Confirm. That is all.',
      visible
        ? '  Close the window to end.'
        : `  There is no display here: the window is on ${session.env.DISPLAY} (a picture of it: DISPLAY=${session.env.DISPLAY} import -window root shot.png). Ctrl-C ends it.`,
      '',
    ].join('\n'),
  );
}

async function takePicture() {
  mkdirSync(join(repository, 'out'), { recursive: true });
  const picture = join(repository, 'out/demo.png');
  await run('import', ['-window', 'root', picture], { env: session.env });
  process.stdout.write(`  Picture: ${picture}\n`);
}

async function end() {
  for (const child of [consoleProcess, server.child]) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  }
  await session.close();
  rmSync(userData, { recursive: true, force: true });
  process.exit(0);
}
