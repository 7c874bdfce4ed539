import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildConsole } from './build-console.mjs';
import { chosenEnvironment } from './chosen-environment.mjs';
import { licensedRegister } from './demo-register.mjs';
import { hasDisplay, openDisplaySession, personsSession } from './display-session.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { cacheFolder, repository } from './repository.mjs';
import { run } from './run.mjs';
import { toolScript } from './run-tool.mjs';
import { giveUp, say } from './say.mjs';
import { shownPage } from './shown-page.mjs';
import { firstLine, StartedProcesses } from './started-processes.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** The sandbox's port in a demo with `--keep`. It is fixed because the kept profile contains the address. */
const keptPort = 47_110;

/**
 * `npm run demo [-- --once] [--keep]`: starts the console and the sandbox Authorization server, with its address filled in.
 * `--once` ends after the page was shown; `--keep` keeps the console's settings for the next demo.
 */
const showOnce = process.argv.includes('--once');
const keep = process.argv.includes('--keep');
const visible = hasDisplay();
await installPackages();
await installSystemPackages({ session: !visible });
const runtime = await resolveElectronRuntime();
await buildConsole();

const interrupted = interruption();
const processes = new StartedProcesses();
const userData = keep ? join(cacheFolder, 'demo-profile') : mkdtempSync(join(tmpdir(), 'license-console-demo-'));
const session = visible ? personsSession() : await openDisplaySession();
let register;
const trouble = await Promise.race([demo(), interrupted]).catch((error) => error.message);
await end();
if (trouble) giveUp(trouble);
process.exit(0);

async function demo() {
  const server = await startServer();
  register = await licensedRegister(server);
  const consoleProcess = startConsole(server.issuer);
  await shownPage(consoleProcess);
  explain(server);
  if (!visible || showOnce) await takePicture();
  if (!showOnce) await once(consoleProcess, 'exit');
}

async function startServer() {
  const script = join(repository, 'test/authorization-server/main.ts');
  const port = keep ? ['--port', String(keptPort)] : [];
  const args = [toolScript('tsx'), script, '--json', ...port];
  const child = processes.start(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: chosenEnvironment(),
  });
  return JSON.parse(await firstLine(child));
}

function startConsole(issuer) {
  const args = [
    // Chromium's sandbox does not work for root. The product never gets this switch.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(process.env.WAYLAND_DISPLAY && !process.env.DISPLAY ? ['--ozone-platform=wayland'] : []),
    `--user-data-dir=${userData}`,
    '--remote-debugging-port=0',
    repository,
    `--authorization-server=${issuer}`,
    '--edition=store',
    '--server-name=Store 014',
  ];
  return processes.start(runtime.executablePath, args, { stdio: ['ignore', 'ignore', 'pipe'], env: session.env });
}

function explain({ issuer, signIns }) {
  const display = session.env.DISPLAY;
  const lines = [
    `The Manage License page is open, on ${describeRuntime(runtime)}.`,
    `  Authorization server: ${issuer} (the built-in sandbox)`,
    `  It accepts the sign-in: ${signIns[0].username} / ${signIns[0].password}`,
    '  On the right: sign in, choose the organization, Authorize Device, choose a Store device.',
    '  On the left: Next. Paste the User Code on the right, Authorize, Confirm. That is all.',
    `  For the local license API: ${register.path} is what ${register.device} presents to Store 014.`,
    `  Its log: ${join(userData, 'logs', 'console.log')}`,
    ...(keep ? [`  The console's settings are kept in ${userData}`] : []),
    ...(visible
      ? ['  Close the window to end.']
      : [
          `  There is no display here: the window is on ${display}. To see it: DISPLAY=${display} import -window root shot.png`,
          `  or, to work in it from another computer: x11vnc -display ${display}. Ctrl-C ends the demo.`,
        ]),
  ];
  process.stdout.write(`\n${lines.join('\n')}\n`);
}

async function takePicture() {
  mkdirSync(join(repository, 'out'), { recursive: true });
  const picture = join(repository, 'out/demo.png');
  const { code } = await run('import', ['-window', 'root', picture], { env: session.env, progress: true, quiet: true });
  process.stdout.write(code === 0 ? `  Picture: ${picture}\n` : '  No picture was taken: ImageMagick is missing.\n');
}

/** Resolves when a person or the system asks this process to end. */
function interruption() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(''));
  });
}

async function end() {
  say('Ending the demo');
  await processes.end();
  await session.close();
  register?.remove();
  if (!keep) rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
}
