import { pathToFileURL } from 'node:url';
import { buildConsole } from './build-console.mjs';
import { openDisplaySession } from './display-session.mjs';
import { describeRuntime, resolveElectronRuntime } from './electron-runtime.mjs';
import { installPackages } from './install-packages.mjs';
import { repository, tool } from './repository.mjs';
import { run } from './run.mjs';
import { say } from './say.mjs';
import { installSystemPackages } from './system-packages.mjs';

/** The tests of the real console: a real Electron, a real keyring, a real OAuth server. Resolves to Playwright's exit code. */
export async function runConsoleTests(args = []) {
  const runtime = await resolveElectronRuntime();
  await buildConsole('test');
  say(`Console tests on ${describeRuntime(runtime)}`);
  const session = await openDisplaySession();
  const env = {
    ...session.env,
    FLC_ELECTRON: runtime.executablePath,
    FLC_ELECTRON_DIST: runtime.distPath,
    FLC_ELECTRON_SOURCE: runtime.source,
  };
  const { code } = await run(tool('playwright'), ['test', ...args], { cwd: repository, env });
  await session.close();
  return code;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await installPackages();
  await installSystemPackages();
  process.exit(await runConsoleTests(process.argv.slice(2)));
}
